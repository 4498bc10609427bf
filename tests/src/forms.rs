//! How people without JavaScript act: they open a page, fill in a form of it, and press its button.

use axum::http::{Method, header};
use url::form_urlencoded;

use crate::world::{Reply, World};

impl World {
    /// Sends a form of our own pages, as a browser does.
    pub async fn post_form(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_form_with(&[], address, fields).await
    }

    /// The same with other headers, e.g. a cookie.
    pub async fn post_form_with(&self, headers: &[(&str, &str)], address: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut all = vec![
            (header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded"),
            (header::ACCEPT.as_str(), "text/html"),
            (header::ACCEPT_LANGUAGE.as_str(), "de"),
            ("sec-fetch-site", "same-origin"),
        ];
        all.retain(|(name, _)| headers.iter().all(|(own, _)| own != name));
        all.extend(headers);
        self.send(Method::POST, address, &all, body).await
    }

    /// Opens a page, fills in the form of this name, and presses its button.
    ///
    /// # Panics
    /// Where there is no such form on the page.
    pub async fn fill_in(&self, address: &str, form: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.ask(Method::GET, address, &[(header::ACCEPT_LANGUAGE.as_str(), "de")]).await;
        let hidden = page.hidden_fields(form);
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.post_form(address, &hidden.chain(fields.iter().copied()).collect::<Vec<_>>()).await
    }
}

impl Reply {
    /// What a form of this page sends without being asked.
    ///
    /// # Panics
    /// Where there is no such form on it.
    #[must_use]
    pub fn hidden_fields(&self, form: &str) -> Vec<(String, String)> {
        let own = format!("name=\"form\" value=\"{form}\"");
        let form = self.text().split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next()).find(|text| text.contains(&own));
        let inputs = form.unwrap_or_else(|| panic!("no such form in: {}", self.text())).split("<input type=\"hidden\" ").skip(1);
        let attribute = |input: &str, name: &str| Some(input.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.to_owned());
        inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
    }
}
