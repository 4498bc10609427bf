//! Looking, just before a mail goes out, whether it still may: lanes that look at the same time share a look.

use std::collections::{HashMap, HashSet};

use entity::id::{NewsletterIssueId, SubscriptionId};

use crate::app::App;
use crate::db::together::Together;
use crate::kernel::Fault;
use crate::newsletter::store::lines::{self, Standing};
use crate::newsletter::store::readers;

/// Lanes that look.
type Looks = Together<NewsletterIssueId, (SubscriptionId, String), Result<Option<Standing>, Fault>>;

/// How a line of the ledger stands, whose reader's address has this keyed hash; none where it is gone.
///
/// # Errors
/// Where the database fails.
pub async fn at(app: &App, issue: NewsletterIssueId, line: SubscriptionId, hash: String) -> Result<Option<Standing>, Fault> {
    let of = app.clone();
    let looks = app.shared::<Looks>();
    let looked = looks.ask(issue, (line, hash), move |asked| {
        let app = of.clone();
        async move {
            let many = asked.len();
            match all(&app, issue, asked).await {
                Ok(found) => found.into_iter().map(Ok).collect(),
                Err(fault) => vec![Err(fault); many],
            }
        }
    });
    looked.await.unwrap_or_else(|| Err(Fault::Broken("nobody looked at a delivery".to_owned())))
}

async fn all(app: &App, issue: NewsletterIssueId, asked: Vec<(SubscriptionId, String)>) -> Result<Vec<Option<Standing>>, Fault> {
    let ids = asked.iter().map(|(line, _)| *line).collect();
    let mut standing: HashMap<SubscriptionId, Standing> = lines::standing(&app.db, issue, ids).await?;
    let hashes = asked.iter().map(|(_, hash)| hash.clone()).collect();
    let suppressed: HashSet<String> = readers::suppressed(&app.db, hashes).await?;
    let one = |(line, hash): (SubscriptionId, String)| {
        let found = standing.remove(&line)?;
        Some(Standing { is_suppressed: suppressed.contains(&hash), ..found })
    };
    Ok(asked.into_iter().map(one).collect())
}
