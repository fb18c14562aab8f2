//! Properties of the screen, the system, the network and the cache that Chromium emulates.

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use super::driver::devtools;
use super::user::User;

/// A script that shortens deadlines of 30 s, for saves and the second chunk, to 2 s.
pub(crate) const SHORT_DEADLINE: &str = "const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = ms => timeout(ms === 30_000 ? 2_000 : ms);";
/// A script that shortens deadlines of 10 s, for loading and the provider, to 2 s.
pub(crate) const SHORT_PROVIDER_DEADLINE: &str = "const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = ms => timeout(ms === 10_000 ? 2_000 : ms);";

impl User {
    /// Sets the width of the screen in CSS pixels.
    pub(crate) async fn set_screen_width(&self, width: u32) {
        self.set_screen_size(width, &json!(800), 1).await;
    }

    pub(crate) async fn set_screen_size(&self, width: u32, height: &Value, scale: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        devtools(&self.client, "Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Sets the CSS media type (`""` for a screen) and the media features.
    pub(crate) async fn emulate_media(&self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "media": medium, "features": features });
        devtools(&self.client, "Emulation.setEmulatedMedia", media).await;
    }

    /// Sets `navigator.onLine`. Chromium still reaches this machine while offline, so the sandbox cuts every connection.
    pub(crate) async fn set_online(&self, online: bool) {
        self.sandbox.clear_faults();
        if !online {
            self.sandbox.fault(Fault::always(FaultKind::CutBefore));
        }
        let conditions = json!({ "offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        devtools(&self.client, "Network.emulateNetworkConditions", conditions).await;
        self.expect("navigator.onLine", online).await;
    }

    /// Lets seconds pass on the page's clock until it is reloaded, as while the computer sleeps.
    pub(crate) async fn let_time_pass(&self, seconds: u32) {
        let wake_up = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
        self.evaluate(&format!("(now => {{ Date.now = () => now() + {seconds}_000; {wake_up}; }})(Date.now)")).await;
    }

    /// Slows the network and the processor to those of a phone: Lighthouse's Slow 4G, and a quarter of the speed.
    pub(crate) async fn emulate_phone(&self) {
        devtools(&self.client, "Network.enable", json!({})).await;
        let slow_4g =
            json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
        devtools(&self.client, "Network.emulateNetworkConditions", slow_4g).await;
        devtools(&self.client, "Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
    }

    pub(crate) async fn disable_cache(&self) {
        devtools(&self.client, "Network.enable", json!({})).await;
        devtools(&self.client, "Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    }
}
