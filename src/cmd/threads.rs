//! Threads for what is computed in parallel: as many as can be made, which may be none.

use std::num::NonZero;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Makes the threads that rayon uses. Left to itself it ends the program where the system refuses a single one.
pub fn prepare_threads(wanted: Option<usize>) {
    let wanted = wanted.or_else(|| thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
    let mut waiting: Vec<_> = (0..wanted).map_while(|_| waiting_thread()).collect();
    let pool = ThreadPoolBuilder::new();
    // Only the first caller decides, and nobody was before us.
    let _ = if waiting.is_empty() {
        pool.num_threads(1).use_current_thread().build_global()
    } else {
        let count = waiting.len();
        let start = |work| {
            let thread = waiting.pop().ok_or(std::io::ErrorKind::WouldBlock)?;
            thread.send(work).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
        };
        pool.num_threads(count).spawn_handler(start).build_global()
    };
}

/// A thread that waits for work; `None` where it can't be made.
fn waiting_thread() -> Option<Sender<ThreadBuilder>> {
    let (sender, receiver) = channel::<ThreadBuilder>();
    let run = move || {
        if let Ok(work) = receiver.recv() {
            work.run();
        }
    };
    thread::Builder::new().name("worker".to_owned()).spawn(run).ok().map(|_| sender)
}
