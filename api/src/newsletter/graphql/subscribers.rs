//! Who reads a newsletter, for its editors.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, InputObject, Result};
use entity::id::NewsletterId;
use uuid::Uuid;

use super::NewsletterSubscription;
use super::words::SubscriptionStatus;
use crate::gql::connection::wants_total;
use crate::gql::scalars::Locale;
use crate::gql::{ContextExt, Loaders, connection, or_code};
use crate::kernel::fault::BadInput;
use crate::kernel::{Fault, Page, PageRequest, Slice};
use crate::newsletter::store::subscribers::{self, Filter};

connection! {
    /// A page of those who read a newsletter.
    NewsletterSubscriptionConnection, NewsletterSubscriptionEdge, NewsletterSubscription
}

/// What a list of readers can be narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NewsletterSubscriptionWhere {
    /// How it stands.
    status: Option<SubscriptionStatus>,
    /// In which language they are written to.
    locale: Option<Locale>,
    /// Words in names and addresses, up to 200 characters.
    search: Option<String>,
}

impl NewsletterSubscriptionWhere {
    fn parse(self) -> Result<Filter, BadInput> {
        let search = self.search.filter(|search| !search.trim().is_empty());
        if search.as_ref().is_some_and(|search| search.chars().count() > 200) {
            return Err(BadInput::TooMany(200));
        }
        Ok(Filter { status: self.status.map(Into::into), locale: self.locale.map(|locale| locale.0.into_owned()), search })
    }
}

impl NewsletterSubscriptionConnection {
    /// A page of those of a newsletter; the same page of all that ask at once is one statement. Who may see them is for the caller to know.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of_newsletter(
        ctx: &Context<'_>,
        id: NewsletterId,
        page: Page,
        r#where: Option<NewsletterSubscriptionWhere>,
    ) -> Result<Self> {
        let parsed = || Ok::<_, Fault>((page.parse("newsletter subscriptions")?, r#where.unwrap_or_default().parse()?));
        let (page, filter) = parsed().map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(ctx.load_sure(SubscribersOf { newsletter: id, of: Which { page, filter, count: wants_total(ctx) } }).await?.into())
    }
}

/// Key of a page of the readers of a newsletter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SubscribersOf {
    newsletter: NewsletterId,
    of: Which,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Which {
    page: PageRequest,
    filter: Filter,
    count: bool,
}

impl Loader<SubscribersOf> for Loaders {
    type Value = Slice<NewsletterSubscription>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[SubscribersOf]) -> Result<HashMap<SubscribersOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&Which, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.newsletter.0);
        }
        let mut found = HashMap::new();
        for (of, newsletters) in asked {
            let slices = subscribers::pages_of(self.cx.db(), &newsletters, &of.filter, &of.page, of.count).await.map_err(Fault::from)?;
            found.extend(slices.into_iter().map(|(id, slice)| {
                let shown = slice.map(|(subscription, reader)| NewsletterSubscription::of(&reader, &subscription));
                (SubscribersOf { newsletter: NewsletterId(id), of: of.clone() }, shown)
            }));
        }
        Ok(found)
    }
}
