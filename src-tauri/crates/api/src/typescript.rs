//! TypeScript for everything that crosses the door, generated from the Rust types.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::{CommandVisitor, each_command};

/// The whole file `schemas/ts/api.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut types = Types {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        declared: BTreeMap::new(),
    };
    types.visit::<crate::wire::ApiError>();
    types.visit::<crate::wire::Notice>();
    let mut commands = String::new();
    each_command(Commands {
        types: &mut types,
        lines: &mut commands,
    });
    let mut file = String::from("// Generated from the Rust types by `npm run gen`. Do not edit.\n\n");
    for declaration in types.declared.values() {
        file.push_str(declaration);
        file.push_str("\n\n");
    }
    let _ = write!(
        file,
        "/** Every command with its request and its reply. */\nexport interface Commands {{\n{commands}}}\n"
    );
    file
}

struct Types {
    config: Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.declared.insert(
                T::ident(&self.config),
                format!("{docs}export {}", T::decl(&self.config)),
            );
        }
    }
}

struct Commands<'a> {
    types: &'a mut Types,
    lines: &'a mut String,
}

impl CommandVisitor for Commands<'_> {
    fn command<Request: TS + 'static, Reply: TS + 'static>(&mut self, name: &str) {
        self.types.visit::<Request>();
        self.types.visit::<Reply>();
        let config = &self.types.config;
        let _ = writeln!(
            self.lines,
            "  {name}: {{ request: {}; reply: {} }};",
            Request::name(config),
            Reply::name(config)
        );
    }
}
