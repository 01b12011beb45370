//! The programs of the workers: each is fetched and compiled once, when it is first wanted.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Promise, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions};

use crate::effects::build_files::{script_address, wasm_address};
use crate::effects::window;
use crate::words;

/// The programs that are compiled, by name.
#[derive(Default)]
pub(super) struct Programs {
    modules: RefCell<BTreeMap<&'static str, WebAssembly::Module>>,
}

impl Programs {
    /// Program `name`, compiled.
    pub(super) async fn get(&self, name: &'static str) -> Result<WebAssembly::Module, JsValue> {
        let known = self.modules.borrow().get(name).cloned();
        if let Some(module) = known {
            return Ok(module);
        }
        let module = compile(&wasm_address(name)).await?;
        self.modules.borrow_mut().insert(name, module.clone());
        Ok(module)
    }
}

/// A worker at work; dropping it ends it.
pub(super) struct Hired {
    pub(super) worker: Worker,
    on_message: Option<Closure<dyn FnMut(MessageEvent)>>,
    on_error: Option<Closure<dyn FnMut(web_sys::Event)>>,
}

impl Hired {
    /// A worker that runs program `name`; it says so by a string once it listens.
    ///
    /// - `hear`: takes its messages.
    /// - `fail`: takes what stopped it, in words.
    pub(super) fn new(
        name: &str,
        module: &WebAssembly::Module,
        hear: impl Fn(&JsValue) + 'static,
        fail: impl Fn(&str) + 'static,
    ) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_name(name);
        let worker = Worker::new_with_options(&script_address(name), &options)?;
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(&event.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            let message = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
            fail(message.as_deref().unwrap_or(words::workers::COULD_NOT_LOAD));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.post_message(module)?;
        Ok(Self { worker, on_message: Some(on_message), on_error: Some(on_error) })
    }
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.worker.terminate();
        // The callback that is running now may be one of these: they go with the page, a few hundred bytes.
        self.on_message.take().into_iter().for_each(Closure::forget);
        self.on_error.take().into_iter().for_each(Closure::forget);
    }
}

async fn compile(address: &str) -> Result<WebAssembly::Module, JsValue> {
    let streamed = JsFuture::from(WebAssembly::compile_streaming(&window().fetch_with_str(address))).await;
    let module = match streamed {
        Ok(module) => module,
        // Hosts that do not know the type of a .wasm file.
        Err(_) => {
            let response: web_sys::Response =
                JsFuture::from(window().fetch_with_str(address)).await?.unchecked_into();
            let bytes = JsFuture::from(response.array_buffer()?).await?;
            let promise: Promise = WebAssembly::compile(&bytes);
            JsFuture::from(promise).await?
        }
    };
    Ok(module.unchecked_into())
}
