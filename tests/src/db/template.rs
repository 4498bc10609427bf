//! What a template is filled with, and how it is named.

use std::hash::{DefaultHasher, Hash, Hasher};

use miso::config::Config;
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

use super::Contents;
use crate::world::installation;

/// Enters what a world begins with.
pub async fn fill(db: &DatabaseConnection, contents: Contents) {
    if contents == Contents::Nothing {
        return;
    }
    migration::Migrator::up(db, None).await.unwrap();
    if contents == Contents::StarterData {
        miso::seed::run(&installation(db.clone(), Config::default())).await.unwrap();
    }
}

/// Names a template by its contents and by this very program, as tables and starter data are part of it: another build fills
/// a template of its own.
pub fn name(contents: Contents) -> String {
    let program = std::env::current_exe().unwrap();
    let about = program.metadata().unwrap();
    let mut hasher = DefaultHasher::new();
    (&program, about.len(), about.modified().unwrap()).hash(&mut hasher);
    let contents = match contents {
        Contents::Nothing => "nothing",
        Contents::Tables => "tables",
        Contents::StarterData => "starter_data",
    };
    format!("{:016x}_{contents}", hasher.finish())
}
