//! From a server's name to a connection that is as encrypted as it should be.

use lettre::transport::smtp::client::AsyncTokioStream;

use super::hello::{Hello, start_tls};
use super::wire::Wire;
use super::{Encryption, Server};
use crate::network;
use crate::{Cause, Failure};

/// A stream that lettre can speak on.
pub(super) type Stream = Box<dyn AsyncTokioStream>;

/// Connects.
pub(super) async fn dial(server: &Server) -> Result<Stream, Failure> {
    let connecting = network::connect(&server.host, server.port, server.patience_to_connect);
    let (stream, peer) = connecting.await.map_err(unreachable)?;
    let encrypt = async |stream| network::encrypt(&server.host, &server.tls, server.patience, stream).await.map_err(unreachable);
    match server.encryption {
        Encryption::None => Ok(Box::new(Wire::new(stream, peer))),
        Encryption::Implicit => Ok(Box::new(Wire::new(encrypt(stream).await?, peer))),
        Encryption::Required | Encryption::Opportunistic => match start_tls(server, stream).await? {
            Hello::ReadyForTls(stream) => Ok(Box::new(Wire::greeted(encrypt(stream).await?, peer))),
            Hello::NoTls(_) if server.encryption == Encryption::Required => Err(unreachable(Cause::NotEncrypted)),
            Hello::NoTls(stream) => Ok(Box::new(Wire::greeted(stream, peer))),
        },
    }
}

const fn unreachable(cause: Cause) -> Failure {
    Failure::Unreachable { cause }
}
