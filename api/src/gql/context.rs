//! What every resolver starts from: the request's [`Cx`] and its loaders.

use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::{Context, Request, Result};

use super::error::or_code;
use super::loader::Loaders;
use crate::app::Cx;
use crate::kernel::{Fault, Refused};

/// The loaders of one request, which remember what they loaded.
pub type RequestLoader = DataLoader<Loaders, HashMapCache>;

/// Gives a GraphQL request what its resolvers need: who asks, in which languages, and loaders of its own.
#[must_use]
pub fn with_context(request: Request, cx: Cx) -> Request {
    let loader = DataLoader::with_cache(Loaders { cx: cx.clone() }, tokio::spawn, HashMapCache::default());
    request.data(cx).data(loader)
}

/// What resolvers ask of their context.
pub trait ContextExt {
    /// The request.
    fn cx(&self) -> &Cx;

    /// Its loaders.
    fn loader(&self) -> &RequestLoader;

    /// Loads the value of a key, together with all others that are asked for at the same time; none where there is none.
    fn load<K>(&self, key: K) -> impl Future<Output = Result<Option<<Loaders as Loader<K>>::Value>>> + Send
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>;

    /// Loads what must be there, e.g. what a foreign key names.
    fn load_sure<K>(&self, key: K) -> impl Future<Output = Result<<Loaders as Loader<K>>::Value>> + Send
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>;

    /// Loads the values of keys in their order; what is not there, or not to be seen, is left out.
    fn load_all<K>(&self, keys: Vec<K>) -> impl Future<Output = Result<Vec<<Loaders as Loader<K>>::Value>>> + Send
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>;

    /// Loads at once, without waiting for others, what a look ahead shows will be asked for.
    fn preload<K>(&self, keys: Vec<K>) -> impl Future<Output = Result<()>> + Send
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>;
}

impl ContextExt for Context<'_> {
    fn cx(&self) -> &Cx {
        self.data_unchecked()
    }

    fn loader(&self) -> &RequestLoader {
        self.data_unchecked()
    }

    async fn load<K>(&self, key: K) -> Result<Option<<Loaders as Loader<K>>::Value>>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>,
    {
        self.loader().load_one(key).await.map_err(|fault| or_code(self.cx(), &fault))
    }

    async fn load_sure<K>(&self, key: K) -> Result<<Loaders as Loader<K>>::Value>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>,
    {
        self.load(key).await?.ok_or_else(|| or_code(self.cx(), &Refused::NotFound.into()))
    }

    async fn load_all<K>(&self, keys: Vec<K>) -> Result<Vec<<Loaders as Loader<K>>::Value>>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>,
    {
        let mut found = self.loader().load_many(keys.iter().cloned()).await.map_err(|fault| or_code(self.cx(), &fault))?;
        Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
    }

    async fn preload<K>(&self, keys: Vec<K>) -> Result<()>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Loaders: Loader<K, Error = std::sync::Arc<Fault>>,
    {
        let found = self.loader().loader().load(&keys).await.map_err(|fault| or_code(self.cx(), &fault))?;
        self.loader().feed_many(found).await;
        Ok(())
    }
}
