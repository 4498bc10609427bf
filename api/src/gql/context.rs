//! What every resolver starts from: the request's [`Cx`] and its loads.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Request, Result};

use super::batch::{Batches, Key};
use super::error::or_code;
use super::loader::Loaders;
use crate::app::Cx;
use crate::kernel::{Fault, Refused};

/// Gives a GraphQL request what its resolvers need: who asks, in which languages, and loads of its own.
#[must_use]
pub fn with_context(request: Request, cx: Cx) -> (Request, Arc<Batches>) {
    let batches = Batches::new(Loaders { cx: cx.clone() });
    (request.data(cx).data(Arc::clone(&batches)), batches)
}

/// What resolvers ask of their context.
pub trait ContextExt {
    /// The request.
    fn cx(&self) -> &Cx;

    /// Its loads.
    fn batches(&self) -> &Batches;

    /// Loads the value of a key, together with all others that are asked for at the same time; none where there is none.
    fn load<K: Key>(&self, key: K) -> impl Future<Output = Result<Option<<Loaders as Loader<K>>::Value>>> + Send
    where
        Loaders: Loader<K, Error = Arc<Fault>>;

    /// Loads what must be there, e.g. what a foreign key names.
    fn load_sure<K: Key>(&self, key: K) -> impl Future<Output = Result<<Loaders as Loader<K>>::Value>> + Send
    where
        Loaders: Loader<K, Error = Arc<Fault>>;

    /// Loads the values of keys in their order; what is not there, or not to be seen, is left out.
    fn load_all<K: Key>(&self, keys: Vec<K>) -> impl Future<Output = Result<Vec<<Loaders as Loader<K>>::Value>>> + Send
    where
        Loaders: Loader<K, Error = Arc<Fault>>;

    /// Loads at once, without waiting for others, what a look ahead shows will be asked for.
    fn preload<K: Key>(&self, keys: Vec<K>) -> impl Future<Output = Result<()>> + Send
    where
        Loaders: Loader<K, Error = Arc<Fault>>;
}

impl ContextExt for Context<'_> {
    fn cx(&self) -> &Cx {
        self.data_unchecked()
    }

    fn batches(&self) -> &Batches {
        self.data_unchecked::<Arc<Batches>>()
    }

    async fn load<K: Key>(&self, key: K) -> Result<Option<<Loaders as Loader<K>>::Value>>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        self.batches().load(key).await.map_err(|fault| or_code(self.cx(), &fault))
    }

    async fn load_sure<K: Key>(&self, key: K) -> Result<<Loaders as Loader<K>>::Value>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        self.load(key).await?.ok_or_else(|| or_code(self.cx(), &Refused::NotFound.into()))
    }

    async fn load_all<K: Key>(&self, keys: Vec<K>) -> Result<Vec<<Loaders as Loader<K>>::Value>>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        let found = futures_util::future::try_join_all(keys.into_iter().map(|key| self.load(key))).await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn preload<K: Key>(&self, keys: Vec<K>) -> Result<()>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        self.batches().preload(keys).await.map_err(|fault| or_code(self.cx(), &fault))
    }
}
