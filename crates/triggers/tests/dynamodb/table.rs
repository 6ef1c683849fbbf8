//! A table of one test, in a server that all tests share.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use serde_json::{Value, json};

/// What `DYNAMODB_PYTHON` runs. It ends when its input does, which this process holds.
struct Server {
    url: String,
    _process: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let python = std::env::var_os("DYNAMODB_PYTHON");
        let python = python.expect("DYNAMODB_PYTHON is not set: `cargo xtask test dynamodb` installs what these tests need");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dynamodb/server.py");
        let mut process = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Server { url: format!("http://127.0.0.1:{}", port.trim()), _process: process }
    })
}

/// The server's URL.
pub fn url() -> &'static str {
    &server().url
}

/// A table with the template's key.
pub struct Table {
    pub name: String,
}

impl Table {
    pub fn create(name: &str) -> Self {
        let definition = json!({
            "TableName": name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "sub", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "sub", "KeyType": "HASH"}],
        });
        call("CreateTable", &definition);
        Self { name: name.to_owned() }
    }

    /// All items as they lie there, with the types of their attributes.
    pub fn items(&self) -> Vec<Value> {
        let scanned = call("Scan", &json!({"TableName": self.name}));
        serde_json::from_value(scanned["Items"].clone()).unwrap()
    }

    /// The one record of the one item.
    pub fn record(&self) -> Value {
        let items = self.items();
        assert_eq!(items.len(), 1, "{items:?}");
        serde_json::from_str(items[0]["record"]["S"].as_str().unwrap()).unwrap()
    }

    /// Changes the one record behind the functions' back.
    pub fn change(&self, change: impl FnOnce(&mut Value)) {
        let (mut item, mut record) = (self.items().remove(0), self.record());
        change(&mut record);
        item["record"] = json!({"S": record.to_string()});
        call("PutItem", &json!({"TableName": self.name, "Item": item}));
    }
}

fn call(operation: &str, body: &Value) -> Value {
    let mut answer = ureq::post(url())
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", format!("DynamoDB_20120810.{operation}"))
        // moto reads the Region in it and checks nothing.
        .header(
            "authorization",
            format!(
                "AWS4-HMAC-SHA256 Credential={}/20260101/{}/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
                local_lambda::ACCESS_KEY_ID,
                local_lambda::REGION
            ),
        )
        .send(body.to_string())
        .unwrap();
    serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
}
