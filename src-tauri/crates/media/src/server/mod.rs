//! The server inside the program, for the window alone: the web engine plays a local file only over HTTP.
//!
//! It listens on 127.0.0.1, on a port that the system chooses. What it serves stands on the shelf of one opened study,
//! under that shelf's token, which nobody can guess; a shelf that is let go of serves nothing more, also not the rest
//! of an answer under way. Paths never come from a request. There is no thread until something stands on a shelf.

mod answer;
mod request;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::kind::Kind;

/// More requests at a time than this are turned away: the window has a few.
const MOST_AT_A_TIME: usize = 32;

/// The server; it serves as long as the program runs.
#[derive(Debug)]
pub struct MediaServer {
    port: u16,
    shelves: Arc<Shelves>,
    /// Taken by the thread that answers.
    listener: Mutex<Option<TcpListener>>,
}

/// What is served, by token and name.
#[derive(Debug, Default)]
struct Shelves(Mutex<BTreeMap<String, BTreeMap<String, Served>>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Served {
    path: PathBuf,
    media_type: &'static str,
}

/// What is served of one opened study. Nothing of it is once this is dropped.
#[derive(Debug)]
pub struct Shelf {
    server: Arc<MediaServer>,
    token: String,
}

impl MediaServer {
    /// Takes a port. Nothing is answered before something stands on a shelf.
    ///
    /// # Errors
    /// Where the system gives no port.
    pub fn bind() -> io::Result<Arc<Self>> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        Ok(Arc::new(Self {
            port: listener.local_addr()?.port(),
            shelves: Arc::default(),
            listener: Mutex::new(Some(listener)),
        }))
    }

    /// Where it listens, for the window's policy: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// An empty shelf with a token of its own.
    ///
    /// # Errors
    /// Where the system gives no randomness.
    pub fn shelf(self: &Arc<Self>) -> io::Result<Shelf> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| io::Error::other("the system gave no randomness"))?;
        let token = random.iter().fold(String::new(), |mut token, byte| {
            // Writing to a string does not fail.
            let _ = write!(token, "{byte:02x}");
            token
        });
        self.shelves
            .edit(|shelves| shelves.insert(token.clone(), BTreeMap::new()));
        Ok(Shelf {
            server: Arc::clone(self),
            token,
        })
    }

    /// Starts to answer, the first time that there is something to serve.
    fn answer_from_now_on(&self) -> io::Result<()> {
        let Some(listener) = self
            .listener
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        else {
            return Ok(());
        };
        let (shelves, port) = (Arc::clone(&self.shelves), self.port);
        thread::Builder::new()
            .name("media".to_owned())
            .spawn(move || attend(&listener, port, &shelves))?;
        Ok(())
    }
}

impl Shelf {
    /// Puts a file on the shelf and gives the address under which it plays. `name` is what stands in the address.
    ///
    /// # Errors
    /// Where there is no such file, or the server cannot start.
    pub fn put(&self, name: &str, path: &Path, kind: Kind) -> io::Result<String> {
        let served = Served {
            path: path.canonicalize()?,
            media_type: kind.media_type,
        };
        self.server.shelves.edit(|shelves| {
            if let Some(shelf) = shelves.get_mut(&self.token) {
                shelf.insert(name.to_owned(), served);
            }
        });
        self.server.answer_from_now_on()?;
        Ok(format!("{}/{}/{name}", self.server.origin(), self.token))
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.server.shelves.edit(|shelves| shelves.remove(&self.token));
    }
}

impl Shelves {
    fn edit<Value>(
        &self,
        edit: impl FnOnce(&mut BTreeMap<String, BTreeMap<String, Served>>) -> Value,
    ) -> Value {
        edit(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What stands at `/TOKEN/NAME`.
    fn find(&self, target: &str) -> Option<Served> {
        let (token, name) = target.strip_prefix('/')?.split_once('/')?;
        self.edit(|shelves| shelves.get(token)?.get(name).cloned())
    }
}

fn attend(listener: &TcpListener, port: u16, shelves: &Arc<Shelves>) {
    let under_way = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        // One that was not to be had is asked for again by the web engine.
        let Ok(stream) = stream else { continue };
        if under_way.load(Ordering::Relaxed) >= MOST_AT_A_TIME {
            continue;
        }
        under_way.fetch_add(1, Ordering::Relaxed);
        let (shelves, done) = (Arc::clone(shelves), Arc::clone(&under_way));
        let answering = thread::Builder::new()
            .name("media answer".to_owned())
            .spawn(move || {
                respond(stream, port, &shelves);
                done.fetch_sub(1, Ordering::Relaxed);
            });
        if answering.is_err() {
            under_way.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn respond(mut stream: TcpStream, port: u16, shelves: &Shelves) {
    let asked = request::read(&mut stream);
    // The web engine lets go of an answer when it wants another part of the file: no fault.
    let _ = answer::give(&mut stream, asked, port, shelves);
}
