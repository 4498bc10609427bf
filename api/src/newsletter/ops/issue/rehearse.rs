//! Trying an issue out: mails to a few addresses, before anybody else gets it.

use std::time::Duration;

use entity::id::NewsletterIssueId;
use entity::newsletter_issue;
use mailer::Failure;

use super::standing::seen;
use crate::app::Cx;
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Fault, Findings, Refused, Why};
use crate::newsletter::mail::Edition;

/// Addresses at the most.
const MOST: usize = 5;
/// What a mail costs a client: nobody's mailbox is filled by trying out.
const COST: u32 = 100;
/// How long a mail server may take for a mail.
const PATIENCE: Duration = Duration::from_secs(20);

/// Mails an issue, in each of its languages, to a few addresses, as its readers would get it but for links that are nobody's. Nothing of
/// it is kept.
///
/// # Errors
/// What [`seen`] refuses; [`Refused::RateLimited`]; refusals of addresses, also of those that the mail server refuses; a fault where there
/// is no mail server to be found.
pub async fn rehearse(cx: &Cx, id: NewsletterIssueId, to: Vec<Result<EmailAddress, Why>>) -> Result<newsletter_issue::Model, Fault> {
    let standing = seen(cx, id).await?;
    let mut findings = Findings::of_arguments();
    if to.is_empty() {
        findings.refuse(&["to"], Why::Required);
    }
    if to.len() > MOST {
        findings.refuse(&["to"], Why::TooLarge(MOST as u64));
    }
    let addresses: Vec<_> = to.into_iter().enumerate().map(|(at, address)| findings.take_at(&["to", &at.to_string()], address)).collect();
    if !findings.is_empty() {
        return Err(findings.into());
    }
    let edition = Edition::load(&cx.app, standing.row.clone()).await.map_err(|failed| Fault::Broken(failed.text().to_owned()))?;
    let edition = edition.ok_or(Refused::NotFound)?;
    for (at, address) in addresses.iter().flatten().enumerate() {
        for text in &standing.texts {
            cx.slow_down(COST)?;
            let message = edition.rehearsal(&cx.app, &text.locale, address.as_str(), cx.now());
            let message = message.map_err(|failed| Fault::Broken(failed.text().to_owned()))?;
            match tokio::time::timeout(PATIENCE, cx.app.mailer.send(&message)).await {
                Ok(Ok(_)) => {}
                Ok(Err(Failure::Recipient { .. })) => findings.refuse(&["to", &at.to_string()], Why::Invalid(Expected::EmailAddress)),
                Ok(Err(failure)) => return Err(Fault::Broken(format!("the mail server did not take a trial: {failure}"))),
                Err(_) => return Err(Fault::Broken("the mail server did not answer in time".to_owned())),
            }
        }
    }
    findings.or_refuse()?;
    Ok(standing.row)
}
