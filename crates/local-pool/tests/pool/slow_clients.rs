//! Clients that send too slowly are not waited for

use std::{net::SocketAddr, time::Duration};

use local_pool::Pool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Long enough for nobody to be let off, and short enough for a test.
const LIMIT: Duration = Duration::from_millis(200);
/// A client that is told nothing in this time is waited for.
const TEST_TIMEOUT: Duration = Duration::from_secs(20);

const HEADERS: &str = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.1\r\n\
                       x-amz-target: AWSCognitoIdentityProviderService.GetUser\r\ncontent-length: 100000\r\n\r\n";

async fn serve() -> SocketAddr {
    let pool = Pool::builder()
        .with_request_limits(|limits| {
            limits.headers = LIMIT;
            limits.body = LIMIT;
        })
        .build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(local_pool::serve(listener, pool));
    address
}

/// Sends the text at once and then spaces, one at a time, for as long as it is let. What came back.
async fn drip(address: SocketAddr, begin: &str) -> String {
    let (mut reader, mut writer) = TcpStream::connect(address).await.unwrap().into_split();
    writer.write_all(begin.as_bytes()).await.unwrap();
    let dripping = tokio::spawn(async move {
        while writer.write_all(b" ").await.is_ok() {
            tokio::time::sleep(LIMIT / 20).await;
        }
    });
    let mut reply = Vec::new();
    // Whoever writes to a closed connection may read that it was reset.
    let _ = tokio::time::timeout(TEST_TIMEOUT, reader.read_to_end(&mut reply)).await.expect("the pool ends the connection");
    dripping.abort();
    String::from_utf8(reply).unwrap()
}

#[tokio::test]
async fn a_body_that_drips_ends_with_408() {
    let reply = drip(serve().await, HEADERS).await;
    assert!(reply.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{reply}");
    assert!(reply.contains("\r\nconnection: close\r\n"), "{reply}");
}

#[tokio::test]
async fn a_body_that_never_begins_ends_with_408() {
    let mut client = TcpStream::connect(serve().await).await.unwrap();
    client.write_all(HEADERS.as_bytes()).await.unwrap();
    let mut reply = String::new();
    tokio::time::timeout(TEST_TIMEOUT, client.read_to_string(&mut reply)).await.expect("an answer").unwrap();
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply}");
}

#[tokio::test]
async fn headers_that_drip_end_the_connection() {
    let reply = drip(serve().await, "GET /local/ HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await;
    assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 408 "), "{reply}");
}

#[tokio::test]
async fn others_are_answered_meanwhile() {
    let address = serve().await;
    let slow: Vec<_> = (0..50).map(|_| tokio::spawn(drip(address, HEADERS))).collect();
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /local/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut reply = String::new();
    client.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    for slow in slow {
        assert!(slow.await.unwrap().starts_with("HTTP/1.1 408 "));
    }
}
