//! A mail to sign in with, a session, and an access token.

use entity::id::{AccessTokenId, PersonId, SessionId, SignInId};
use entity::{access_token, session, sign_in, sign_in_address};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one of each.
pub async fn insert(db: &DatabaseConnection) {
    put(db, sign_in_address::Model { email_hash: text("hash"), tries: 1, touched_at: moment(0), tried_at: Some(moment(0)) }).await;
    let mailed = sign_in::Model {
        id: SignInId(ID),
        email_hash: text("hash"),
        email: Some(text("ada@example.org")),
        locale: text("de"),
        code_hash: Some(text("code")),
        token_hash: Some(text("token")),
        created_at: moment(0),
        expires_at: moment(1),
        used_at: None,
    };
    put(db, mailed).await;
    let session = session::Model {
        id: SessionId(ID),
        person_id: PersonId(ID),
        secret_hash: text("secret"),
        created_at: moment(0),
        last_used_at: moment(0),
        expires_at: moment(1),
    };
    put(db, session).await;
    let token = access_token::Model {
        id: AccessTokenId(ID),
        person_id: PersonId(ID),
        name: text("Kalender der Webseite"),
        secret_hash: text("secret"),
        created_at: moment(0),
        last_used_at: None,
        expires_at: Some(moment(1)),
    };
    put(db, token).await;
}
