//! An issue as its readers get it.

use async_graphql::SimpleObject;

/// The whole mail as a reader gets it, its links dead.
#[derive(Clone, Debug, SimpleObject)]
pub struct NewsletterIssuePreview {
    /// Its subject.
    pub subject: String,
    /// The part that most programs show, with addresses in `data-href`.
    pub html: String,
    /// The part for programs that show text.
    pub text: String,
    /// Size of both parts, in bytes. Some providers cut mails off from 100,000 on.
    pub bytes: usize,
    /// What is wrong with it, in the viewer's language: nothing is sent before it is put right, but for a mail that is only large.
    pub problems: Vec<String>,
}
