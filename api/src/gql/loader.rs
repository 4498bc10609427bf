//! The batches of one request. Each feature says beside its GraphQL types what is loaded by which key; keys asked for at the
//! same time are loaded by one statement.

use crate::app::Cx;

/// Loads in batches, for one viewer in one request.
#[derive(Clone, Debug)]
pub struct Loaders {
    /// The request.
    pub cx: Cx,
}

/// Says how objects are loaded by their ids.
macro_rules! objects {
    ($($id:ty => $object:ty = |$cx:ident, $ids:ident| $load:expr;)+) => {$(
        impl async_graphql::dataloader::Loader<$id> for $crate::gql::Loaders {
            type Value = $object;
            type Error = std::sync::Arc<$crate::kernel::Fault>;

            async fn load(&self, keys: &[$id]) -> Result<std::collections::HashMap<$id, $object>, Self::Error> {
                let $cx = &self.cx;
                let $ids = keys.to_vec();
                let found = $load.await.map_err($crate::kernel::Fault::from)?;
                Ok(found.into_iter().map(|(id, row)| (id, <$object>::from(row))).collect())
            }
        }
    )+};
}

/// Defines keys of what belongs to something, and how it is loaded.
macro_rules! parts {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $value:ty = |$cx:ident, $ids:ident| $load:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl async_graphql::dataloader::Loader<$key> for $crate::gql::Loaders {
            type Value = std::sync::Arc<$value>;
            type Error = std::sync::Arc<$crate::kernel::Fault>;

            async fn load(&self, keys: &[$key]) -> Result<std::collections::HashMap<$key, Self::Value>, Self::Error> {
                let $cx = &self.cx;
                let $ids: Vec<$id> = keys.iter().map(|key| key.0).collect();
                let found = $load.await.map_err($crate::kernel::Fault::from)?;
                Ok(found.into_iter().map(|(id, value)| ($key(id), std::sync::Arc::new(value))).collect())
            }
        }
    )+};
}

pub(crate) use {objects, parts};
