//! One window with one line of text: the least that a program of this toolkit can be.

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .build(tauri::generate_context!())?
        .run(|_, _| {});
    Ok(())
}
