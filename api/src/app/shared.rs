//! What a feature shares between all requests of a process, without the installation knowing of it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::Extensions;

/// One of each type, made when it is first asked for.
#[derive(Default)]
pub struct Shared(Mutex<Extensions>);

impl Shared {
    /// The one of this type.
    #[must_use]
    pub fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.get_or_insert_default::<Arc<T>>())
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}
