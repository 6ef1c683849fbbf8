//! No web page can invoke functions, or answer in their place.

use std::{sync::Arc, time::Duration};

use serde_json::json;

use crate::{
    fixture::{echo, invoke, puppet, response, start, until},
    http::{exchange, get, post, post_to},
};

const ECHO: &str = "/2015-03-31/functions/echo/invocations";
const NEXT: &str = "/2018-06-01/runtime/invocation/next";

/// What a browser sends with a page's requests: one that it asks nobody about beforehand, a form, and one for an image. A page on this
/// machine has no more to do with functions than any other.
const OF_PAGES: [&str; 6] = [
    "origin: https://shop.example\r\n",
    "origin: https://shop.example\r\ncontent-type: text/plain;charset=UTF-8\r\n",
    "origin: null\r\ncontent-type: text/plain\r\nsec-fetch-mode: no-cors\r\nsec-fetch-site: cross-site\r\n",
    "origin: https://shop.example\r\ncontent-type: application/x-www-form-urlencoded\r\nsec-fetch-mode: navigate\r\n",
    "origin: http://127.0.0.1:8080\r\ncontent-type: application/json\r\n",
    "sec-fetch-mode: no-cors\r\nsec-fetch-site: cross-site\r\ncontent-type: text/plain\r\n",
];

/// Names that a page has resolve to this machine.
const OTHER_HOSTS: [&str; 4] = ["shop.example", "shop.example:9001", "127.0.0.1.shop.example", "localhost.shop.example:80"];

#[tokio::test]
async fn no_page_invokes_a_function() {
    let lambda = start(echo()).await;
    let address = lambda.url().strip_prefix("http://").unwrap().to_owned();
    for headers in OF_PAGES {
        let refused = post(&address, ECHO, headers, b"{}").await;
        assert_eq!((refused.status, refused.header("x-amzn-errortype")), (403, Some("AccessDeniedException")), "{headers}");
        assert_eq!(refused.header("access-control-allow-origin"), None);
    }
    for host in OTHER_HOSTS {
        let refused = post_to(&address, host, ECHO, "", b"{}").await;
        assert_eq!((refused.status, refused.header("x-amzn-errortype")), (403, Some("AccessDeniedException")), "{host}");
    }
    let preflight = "origin: https://shop.example\r\naccess-control-request-method: POST\r\nconnection: close\r\n";
    let refused = exchange(&address, format!("OPTIONS {ECHO} HTTP/1.1\r\nhost: {address}\r\n{preflight}\r\n").as_bytes()).await;
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, None));
    // Nothing was started for any of them, and programs of this machine are answered by all its names.
    assert_eq!(lambda.process_id("echo"), None);
    let port = address.rsplit_once(':').unwrap().1;
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), "localhost".to_owned(), format!("[::1]:{port}")] {
        assert_eq!(post_to(&address, &host, ECHO, "", b"{}").await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn no_page_takes_an_event_or_answers_it() {
    let lambda = Arc::new(start(puppet().timeout(Duration::from_secs(60))).await);
    let invocation = {
        let lambda = Arc::clone(&lambda);
        tokio::spawn(async move { invoke(&lambda, "puppet", json!({"number": 1})).await })
    };
    let address = until("the address", || lambda.logs("puppet").pop()).await;
    let image = "sec-fetch-mode: no-cors\r\nsec-fetch-site: cross-site\r\nconnection: close\r\n";
    let refused = exchange(&address, format!("GET {NEXT} HTTP/1.1\r\nhost: {address}\r\n{image}\r\n").as_bytes()).await;
    assert_eq!((refused.status, refused.json()["errorType"].as_str()), (403, Some("AccessDenied")));
    let event = get(&address, NEXT).await;
    let id = event.header("lambda-runtime-aws-request-id").unwrap();
    let [answer, error] = ["response", "error"].map(|end| format!("/2018-06-01/runtime/invocation/{id}/{end}"));
    for path in [&*answer, &error, "/2018-06-01/runtime/init/error"] {
        for headers in OF_PAGES {
            let refused = post(&address, path, headers, br#"{"answerCorrect":true}"#).await;
            assert_eq!((refused.status, refused.json()["errorType"].as_str()), (403, Some("AccessDenied")), "{path} {headers}");
        }
        for host in OTHER_HOSTS {
            let refused = post_to(&address, host, path, "", b"{}").await;
            assert_eq!((refused.status, refused.json()["errorType"].as_str()), (403, Some("AccessDenied")), "{path} {host}");
        }
    }
    assert_eq!(post(&address, &answer, "", br#"{"number":2}"#).await.status, 202);
    assert_eq!(response(&invocation.await.unwrap()), json!({"number": 2}));
}
