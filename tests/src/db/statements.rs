//! The statements that reach the database.

use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::DatabaseConnection;

/// What was asked of a connection, in order.
#[derive(Clone, Debug, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Notes from now on what is asked of `db` and of its clones.
    #[must_use]
    pub fn watch(&self, mut db: DatabaseConnection) -> DatabaseConnection {
        let noted = Arc::clone(&self.0);
        db.set_metric_callback(move |info| {
            noted.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.sql.clone());
        });
        db
    }

    /// What was noted since it was last taken.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
