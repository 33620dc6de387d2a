//! Signals that end the program while the terminal is open, and terminals that go away.

use std::io::{self, Stderr, Write};
use std::sync::Once;

use crossterm::event::DisableBracketedPaste;
use crossterm::{cursor, queue};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// When the terminal is closed or the program gets a signal to end, the terminal is left as it was found, and the
/// program ends as it would without this. Nothing else has to be done: answers are kept as they are given. It also ends where
/// the program was started so that closing its terminal wouldn't end it: nobody could answer any more, and reading
/// from a terminal that is gone would never return.
pub(super) fn restore_on_termination() -> io::Result<()> {
    static ONCE: Once = Once::new();
    let mut result = Ok(());
    ONCE.call_once(|| result = watch());
    result
}

fn watch() -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM])?;
    let wait_for_signals = move || signals.forever().for_each(end);
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait_for_signals)?;
    std::thread::Builder::new().name("hang-up".to_owned()).spawn(wait_for_hang_up)?;
    Ok(())
}

/// A terminal that isn't the program's own goes away without a signal.
fn wait_for_hang_up() {
    let stdin = io::stdin();
    // No events are requested: a hang-up is always reported.
    let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
    if poll(&mut terminal, None).is_ok() && terminal[0].revents().contains(PollFlags::HUP) {
        end(SIGHUP);
    }
}

fn end(signal: i32) {
    // A terminal that is gone needs nothing.
    let _ = io::stderr().write_all(b"\r\n").and_then(|()| restore(&mut io::stderr()));
    let _ = crossterm::terminal::disable_raw_mode();
    let _ = emulate_default_handler(signal);
}

/// Cursor and pasting as programs expect them.
pub(super) fn restore(out: &mut Stderr) -> io::Result<()> {
    queue!(out, DisableBracketedPaste, cursor::Show)?;
    out.flush()
}
