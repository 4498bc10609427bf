//! A reader of HTML that is strict: every element that is opened is closed, in order.

/// Elements that have no end.
const EMPTY: [&str; 4] = ["br", "hr", "meta", "img"];

/// The elements of a page in order, each as it was opened.
///
/// # Errors
/// What is not well-formed.
pub fn elements(page: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once('<') {
        if before.contains('>') && open.last().is_none_or(|name| name != "style") {
            return Err(format!("a stray > in {before}"));
        }
        if let Some(comment) = behind.strip_prefix("!--") {
            rest = comment.split_once("-->").ok_or("a comment without an end")?.1;
            continue;
        }
        let (tag, after) = behind.split_once('>').ok_or("a tag without an end")?;
        rest = after;
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if opened != name {
                return Err(format!("</{name}> closes <{opened}>"));
            }
            continue;
        }
        if tag.matches('"').count() % 2 != 0 || tag.contains('<') {
            return Err(format!("<{tag}> is not well-formed"));
        }
        let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
        if !EMPTY.contains(&name.as_str()) {
            open.push(name);
        }
        found.push(tag.to_owned());
    }
    if open.is_empty() { Ok(found) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn what_is_not_well_formed_is_found() {
    assert_eq!(elements("<p>a<br><b class=\"x\">c</b></p>").unwrap(), ["p", "br", "b class=\"x\""]);
    for bad in ["<p>", "</p>", "<p><b></p></b>", "<p class=\">", "a > b<br>", "<p", "<!-- x"] {
        assert!(elements(bad).is_err(), "{bad}");
    }
}
