//! Why nothing was fetched.

/// Why nothing was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Its name stands for nothing.
    #[error("its name is not known")]
    UnknownHost,
    /// It is, or stands for, an address or a port that is not of the public internet.
    #[error("it is not in the public internet")]
    NotPublic,
    /// Nobody takes a connection there.
    #[error("nobody answers there")]
    NoAnswer,
    /// It cannot show that it is what it is called.
    #[error("its certificate is not sound")]
    BadCertificate,
    /// It did not answer whole in time.
    #[error("it takes too long")]
    TooSlow,
    /// It answers with more than is taken.
    #[error("it is too large")]
    TooLarge,
    /// It answers with a status that is none of success.
    #[error("it answers with the status {0}")]
    Status(u16),
    /// It leads to where nothing is fetched from.
    #[error("it leads to where nothing is fetched from")]
    BadRedirect,
    /// It leads on and on.
    #[error("it leads on and on")]
    TooManyRedirects,
    /// What it says is no HTTP, or packed though that was not asked for.
    #[error("its answer cannot be read")]
    Garbled,
}
