//! The shell around a desk or a chain: carries messages, reads the clock, and
//! hands control back between slices, so that a newer request gets in.

use std::cell::RefCell;

use crate::words;
use engine::protocol::{Part, decode, encode};
use engine::{ChainWorker, Chunk, Desk, Next, Reply, Request, scribe};
use js_sys::{Array, Float64Array, Reflect, Uint8Array};
use labs::registry::{Computes, Writes};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort, Performance};

/// Length of a slice, in milliseconds: a newer request waits no longer than this.
const SLICE_MS: f64 = 4.0;

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

enum Machine {
    /// What it can compute, until the page says what it is to be.
    Unnamed(&'static Computes),
    Desk(Box<Desk>),
    Chain(Box<ChainWorker>, MessagePort),
}

struct Shell {
    machine: Machine,
    /// Ports on which the chains send draws to the desk; kept so that they stay open.
    draw_ports: Vec<MessagePort>,
    clock: Performance,
    /// Posting to this end calls [`tick`] after waiting messages had their turn.
    turn: MessagePort,
    tick_is_due: bool,
    timer: Option<i32>,
    /// [`tick`], for timers.
    on_timer: Closure<dyn FnMut()>,
}

/// Starts a worker for the labs that `computes` computes: a desk or a chain, as the page's first message says.
///
/// # Panics
/// If it is not started in a worker.
pub fn start(computes: &'static Computes) {
    report_panics();
    let scope = scope();
    let clock = Reflect::get(&scope, &"performance".into()).expect("workers have a clock").unchecked_into();
    let channel = MessageChannel::new().expect("workers have message channels");
    listen(&channel.port1(), |_| tick());
    let on_timer = Closure::<dyn FnMut()>::new(tick);
    let shell = Shell {
        machine: Machine::Unnamed(computes),
        draw_ports: Vec::new(),
        clock,
        turn: channel.port2(),
        tick_is_due: false,
        timer: None,
        on_timer,
    };
    SHELL.set(Some(shell));
    hear_page(take_message);
}

/// Starts a worker that writes the programs that `writes` can.
///
/// # Panics
/// If it is not started in a worker.
pub fn start_scribe(writes: &'static Writes) {
    report_panics();
    hear_page(move |event| match decode::<Request>(&request_of(event)) {
        Ok(request) => scribe::answer(writes, request).iter().for_each(post),
        Err(error) => post(&Reply::Failed { run_id: 0, message: error.to_string() }),
    });
}

fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = words::workers::fault(&panic.to_string());
        post(&Reply::Failed { run_id: 0, message });
    }));
}

/// Tells the page that the worker listens, and hands over what it says.
fn hear_page(take: impl Fn(&MessageEvent) + 'static) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| take(&event));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    scope().post_message(&"listening".into()).expect("a page can always be told");
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(reply: &Reply) {
    let bytes = Uint8Array::from(encode(reply).as_slice());
    let transfer = Array::of1(&bytes.buffer());
    // Only a page that is gone cannot be told, and then no one is missing it.
    let _ = scope().post_message_with_transfer(&bytes, &transfer);
}

fn listen(port: &MessagePort, mut handle: impl FnMut(MessageEvent) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| handle(event));
    port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}

/// The request in a message of the page: an array of its bytes and, in the first one, ports.
fn request_of(event: &MessageEvent) -> Vec<u8> {
    Uint8Array::from(event.data().unchecked_into::<Array>().get(0)).to_vec()
}

fn take_message(event: &MessageEvent) {
    match decode::<Request>(&request_of(event)) {
        Ok(Request::Hello { version, part }) => hello(version, part, &event.data().unchecked_into()),
        Ok(request) => {
            SHELL.with_borrow_mut(|shell| {
                if let Some(shell) = shell {
                    shell.handle(request);
                }
            });
            tick();
        }
        Err(error) => post(&Reply::Failed { run_id: 0, message: error.to_string() }),
    }
}

fn hello(version: u16, part: Part, parts: &Array) {
    let ports = (1..parts.length()).map(|i| parts.get(i).unchecked_into::<MessagePort>());
    SHELL.with_borrow_mut(|shell| {
        let Some(shell) = shell else { return };
        let Machine::Unnamed(computes) = shell.machine else { return };
        match part {
            Part::Scribe => {}
            Part::Desk => {
                shell.machine = Machine::Desk(Box::new(Desk::new(computes)));
                shell.draw_ports = ports.collect();
                for port in &shell.draw_ports {
                    listen(port, |event| take_draws(&event));
                }
            }
            Part::Chain { chain } => {
                let port = ports.into_iter().next().expect("the page sends a port with the first message");
                shell.machine = Machine::Chain(Box::new(ChainWorker::new(computes, chain)), port);
            }
        }
        shell.handle(Request::Hello { version, part });
    });
}

/// Draws from a chain: the chunk's bytes and its numbers.
fn take_draws(event: &MessageEvent) {
    let parts: Array = event.data().unchecked_into();
    let chunk = decode::<Chunk>(&Uint8Array::from(parts.get(0)).to_vec());
    let numbers = Float64Array::from(parts.get(1)).to_vec();
    match chunk {
        Ok(chunk) => {
            SHELL.with_borrow_mut(|shell| {
                if let Some(Shell { machine: Machine::Desk(desk), .. }) = shell {
                    desk.take(&chunk, &numbers);
                }
            });
            tick();
        }
        Err(error) => post(&Reply::Failed { run_id: 0, message: error.to_string() }),
    }
}

fn send_draws(port: &MessagePort, chunk: &Chunk, numbers: &[f64]) {
    let bytes = Uint8Array::from(encode(chunk).as_slice());
    let numbers = Float64Array::from(numbers);
    let message = Array::of2(&bytes, &numbers);
    let transfer = Array::of2(&bytes.buffer(), &numbers.buffer());
    if port.post_message_with_transferable(&message, &transfer).is_err() {
        let message = words::workers::NO_DRAWS.to_owned();
        post(&Reply::Failed { run_id: chunk.run_id, message });
    }
}

/// Does one slice of work and arranges for the next.
fn tick() {
    SHELL.with_borrow_mut(|shell| {
        if let Some(shell) = shell {
            shell.tick_is_due = false;
            shell.work();
        }
    });
}

impl Shell {
    fn handle(&mut self, request: Request) {
        let now = self.clock.now();
        match &mut self.machine {
            Machine::Unnamed(_) => {}
            Machine::Desk(desk) => desk.handle(request, now, &mut |reply| post(&reply)),
            Machine::Chain(chain, _) => chain.handle(request, now, &mut |reply| post(&reply)),
        }
    }

    fn work(&mut self) {
        let clock = self.clock.clone();
        let mut now = move || clock.now();
        let next = match &mut self.machine {
            Machine::Unnamed(_) => Next::Idle,
            Machine::Desk(desk) => desk.advance(&mut now, SLICE_MS, &mut |reply| post(&reply)),
            Machine::Chain(chain, port) => {
                chain.advance(&mut now, SLICE_MS, &mut |chunk, numbers| send_draws(port, &chunk, numbers))
            }
        };
        self.arrange(next);
    }

    fn arrange(&mut self, next: Next) {
        if let Some(timer) = self.timer.take() {
            scope().clear_timeout_with_handle(timer);
        }
        match next {
            Next::Idle => {}
            // `setTimeout(0)` waits four milliseconds; a message to oneself does not.
            Next::Now => {
                if !std::mem::replace(&mut self.tick_is_due, true) {
                    let _ = self.turn.post_message(&JsValue::NULL);
                }
            }
            Next::After(ms) => {
                #[expect(clippy::cast_possible_truncation, reason = "waits are far below a minute")]
                let wait = ms.ceil() as i32;
                let timer = scope().set_timeout_with_callback_and_timeout_and_arguments_0(
                    self.on_timer.as_ref().unchecked_ref(),
                    wait,
                );
                self.timer = timer.ok();
            }
        }
    }
}
