//! Finding the reader whom a secret is of.

use entity::subscriber;
use entity::words::SubscriptionStatus;

use crate::app::App;
use crate::kernel::Fault;
use crate::newsletter::store::readers;
use crate::secret::Purpose;

/// The reader whom a secret in a mail is of: that of an issue, or that of a request once it was confirmed.
///
/// # Errors
/// Where the database fails.
pub async fn by_token(app: &App, token: &str) -> Result<Option<subscriber::Model>, Fault> {
    if let Some((id, version)) = app.links.read(Purpose::Reader, token) {
        return Ok(readers::by_id(&app.db, id).await?.filter(|reader| reader.secret_version == version));
    }
    let Some((id, version)) = app.links.read(Purpose::ConfirmSubscription, token) else { return Ok(None) };
    let Some(reader) = readers::by_id(&app.db, id).await?.filter(|reader| reader.confirm_version == version) else { return Ok(None) };
    let subscriptions = readers::subscriptions(&app.db, reader.id).await?;
    let was_confirmed = subscriptions.iter().any(|one| one.confirmed_at.is_some() && one.status != SubscriptionStatus::Pending);
    Ok(Some(reader).filter(|_| was_confirmed))
}
