//! Further doors to a running product, with bounds of their own.

use std::sync::Arc;

use goldenthread::app::App;
use goldenthread::bounds::{Bounds, Limits};
use goldenthread::http;
use goldenthread::kept::Kept;
use goldenthread::telemetry::Metrics;
use tokio::net::TcpListener;

use crate::harness::Harness;

impl Harness {
    /// Another door to the same product, with limits of its own: `depth=30`. Closed with [`Self::close`], or with the journey.
    ///
    /// # Panics
    /// When a setting is none.
    pub async fn limited(&self, settings: &[&str]) -> Self {
        self.beside(unhurried(settings)).await
    }

    /// The same with any bounds at all.
    pub async fn beside(&self, bounds: Bounds) -> Self {
        self.door(App { bounds: Arc::new(bounds), kept: Kept::new(8 << 20).map(Arc::new), ..self.app.clone() }).await
    }

    /// Another node of the same installation, which keeps answers of its own.
    pub async fn node(&self) -> Self {
        self.door(App { kept: Kept::new(8 << 20).map(Arc::new), ..self.app.clone() }).await
    }

    /// One that keeps no answers.
    pub async fn keeping_nothing(&self) -> Self {
        self.door(App { kept: None, ..self.app.clone() }).await
    }

    /// Another door, to a product that stands on something else.
    ///
    /// # Panics
    /// When there is no port for it.
    pub async fn door(&self, app: App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let metrics = Metrics::new(&app.db, &app.bounds, app.clock.seconds());
        let app = App { metrics: Arc::new(metrics), ..app };
        let server = tokio::spawn(http::serve(listener, app.clone(), std::future::pending()));
        Self { app, url, database: self.database.clone(), folder: self.folder.clone(), server, client: self.client.clone() }
    }

    /// Closes this door and leaves the product to the others.
    pub fn close(self) {
        self.server.abort();
    }
}

/// The product's own limits but for some, and but for how often one person and one address may ask: a journey is in a hurry.
pub(crate) fn unhurried(settings: &[&str]) -> Bounds {
    let settings = ["operations-per-actor=0", "operations-per-address=0"].iter().chain(settings);
    let limits = Limits::of(&settings.map(|setting| setting.parse().expect("a setting")).collect::<Vec<_>>());
    Bounds { limits, ..Bounds::default() }
}
