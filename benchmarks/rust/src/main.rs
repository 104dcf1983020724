//! The article's function: a name and a count in, a greeting and that many lucky numbers out, over payload 2.0.

use std::{cmp, env};

use hyper::{body, client::HttpConnector, Body, Client, Request, Uri};
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::json;

type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize)]
struct Event {
    body: Option<String>,
}

#[derive(Deserialize)]
struct LuckyNumbersRequest {
    name: String,
    count: u32,
}

#[derive(Serialize)]
struct LuckyNumbers {
    message: String,
    numbers: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(serve())
}

/// Asks the Runtime API for one event after the other, and answers each.
async fn serve() -> Result<(), Failure> {
    let base = format!("http://{}/2018-06-01/runtime/invocation", env::var("AWS_LAMBDA_RUNTIME_API")?);
    let next: Uri = format!("{base}/next").parse()?;
    let client: Client<HttpConnector> = Client::new();
    loop {
        let response = client.get(next.clone()).await?;
        let id = response.headers()["lambda-runtime-aws-request-id"].to_str()?.to_owned();
        let event: Event = serde_json::from_slice(&body::to_bytes(response).await?)?;
        let result = Request::post(format!("{base}/{id}/response")).body(Body::from(answer(&event)))?;
        body::to_bytes(client.request(result).await?).await?;
    }
}

fn answer(event: &Event) -> String {
    let (status, body) = match serde_json::from_str(event.body.as_deref().unwrap_or_default()) {
        Ok(request) => (200, serde_json::to_string(&draw(&request)).expect("numbers and text are JSON")),
        Err(error) => (422, json!({ "message": error.to_string() }).to_string()),
    };
    json!({ "statusCode": status, "headers": { "content-type": "application/json" }, "body": body }).to_string()
}

fn draw(request: &LuckyNumbersRequest) -> LuckyNumbers {
    let mut random = rand::thread_rng();
    let count = cmp::min(cmp::max(2, request.count), 20);
    LuckyNumbers {
        message: format!("Hi, '{}'. Your lucky numbers are:", request.name.to_uppercase()),
        numbers: (0..count).map(|_| random.gen_range(1..42)).collect(),
    }
}
