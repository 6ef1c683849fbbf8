//! A server that answers what it is told to, one reply a connection, and keeps what it heard.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::mpsc,
};

pub struct CannedServer {
    pub url: String,
    heard: mpsc::Receiver<String>,
}

/// A reply with a status line such as `200 OK`.
pub fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

impl CannedServer {
    pub fn answering(replies: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (tell, heard) = mpsc::channel();
        std::thread::spawn(move || {
            for reply in replies {
                let (stream, _) = listener.accept().unwrap();
                let _ = tell.send(answer(stream, &reply));
            }
        });
        Self { url, heard }
    }

    /// The requests so far, head and body.
    pub fn heard(&self) -> Vec<String> {
        self.heard.try_iter().collect()
    }
}

fn answer(stream: TcpStream, reply: &[u8]) -> String {
    let mut reader = BufReader::new(&stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        reader.read_line(&mut request).unwrap();
    }
    let head = request.to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    request.push_str(&String::from_utf8(body).unwrap());
    // The other side may hang up in the midst of too long a reply.
    let _ = (&stream).write_all(reply).and_then(|()| stream.shutdown(Shutdown::Write));
    request
}
