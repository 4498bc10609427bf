//! `miso person`: makes administrators, and shows who has an account. Works beside a server that runs.

use super::{Stopped, open, say};
use crate::access::{SignedIn, Viewer};
use crate::app::{App, Caller, Cx};
use crate::config::Config;
use crate::kernel::{EmailAddress, Page, PersonName, Wanted};
use crate::people::ops::{New, add};
use crate::people::rules::GOOD_FOR;
use crate::people::store::list::{self, Filter};

/// Lines of the list that are read at once.
const AT_ONCE: i32 = 100;

/// Enters a person, or makes one who is there an administrator, and prints a link that signs them in.
pub(super) async fn enter(config: Config, email: &str, name: Option<&str>, administers: bool) -> Result<(), Stopped> {
    let email: EmailAddress = email.parse().map_err(|error| Stopped::because(format_args!("{email}: {error}")))?;
    let name = name.map(PersonName::parse).transpose();
    let name = name.map_err(|_| Stopped::because("a name has 1 to 200 characters"))?;
    let cx = cx_of_who_runs_it(open::open(config).await?);
    let added = add(&cx, New { email, name, administers }).await.map_err(Stopped::because)?;
    let word = if added.was_there { "has an account already" } else { "has an account now" };
    say::line(format_args!("{} {word}{}.", added.person.email, role(&added.person)));
    say::line(format_args!("To sign in, open this within {} minutes; it works once:", GOOD_FOR.num_minutes()));
    say::line(cx.app.url(&format!("/sign-in/{}", added.token)));
    cx.app.db.close().await.map_err(Stopped::because)
}

/// Prints who has an account, the latest first.
pub(super) async fn list(config: Config) -> Result<(), Stopped> {
    let cx = cx_of_who_runs_it(open::open(config).await?);
    let mut after = None;
    loop {
        let page = Page { first: Some(AT_ONCE), after, ..Page::default() }.parse("people").map_err(Stopped::because)?;
        let found = list::page(cx.db(), &cx.viewer, &Filter::default(), &page, false).await.map_err(Stopped::because)?;
        for (_, person) in &found.items {
            let name = person.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
            let last =
                person.last_signed_in_at.map_or_else(|| "never signed in".to_owned(), |at| format!("last signed in {}", at.format("%F")));
            say::line(format_args!("{}{name}{}, {last}", person.email, role(person)));
        }
        let Some((cursor, _)) = found.items.last().filter(|_| found.has_next) else { break };
        after = Some(cursor.encode(found.order));
    }
    cx.app.db.close().await.map_err(Stopped::because)
}

/// Whoever runs the program may do what an administrator may.
fn cx_of_who_runs_it(app: App) -> Cx {
    Cx { app, viewer: Viewer::Person(SignedIn::who_runs_it()), wanted: Wanted::default(), caller: Caller::default() }
}

fn role(person: &entity::person::Model) -> String {
    let word = person.network_role.and_then(|role| serde_json::to_value(role).ok());
    word.and_then(|word| Some(format!(", {}", word.as_str()?.to_lowercase()))).unwrap_or_default()
}
