//! The folder that mails were written into, for a page that shows them while somebody develops.

use std::io;
use std::path::Path;

use crate::Letter;

/// A mail in the folder.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Name of its file.
    pub name: String,
    /// What is in it.
    pub letter: Letter,
}

/// The mails that were written last, the newest first.
///
/// # Errors
/// When the folder or a file cannot be read. A folder that is not there holds nothing.
pub async fn newest(folder: &Path, count: usize) -> io::Result<Vec<Kept>> {
    let mut entries = match tokio::fs::read_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        names.extend(entry.file_name().into_string().ok().filter(|name| is_name(name)));
    }
    names.sort_unstable_by(|one, other| other.cmp(one));
    names.truncate(count);

    let mut kept = Vec::with_capacity(names.len());
    for name in names {
        // Somebody may empty the folder meanwhile.
        if let Some(bytes) = read(folder, &name).await? {
            kept.push(Kept { name, letter: Letter::read(&bytes) });
        }
    }
    Ok(kept)
}

/// The bytes of one mail, or `None` where there is none of that name.
///
/// # Errors
/// When the file is there and cannot be read.
pub async fn read(folder: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    if !is_name(name) {
        return Ok(None);
    }
    match tokio::fs::read(folder.join(name)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        bytes => bytes.map(Some),
    }
}

/// Whether a file of ours may be called so. Such a name cannot lead out of the folder.
fn is_name(name: &str) -> bool {
    let is_stem = |stem: &str| !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    name.len() <= 100 && name.strip_suffix(".eml").is_some_and(is_stem)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::Mailer;
    use crate::compose::tests::message_to;

    /// A folder of a test's own, which is gone afterwards.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("mailer-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn the_newest_come_first_and_the_same_mail_is_the_same_file() {
        let folder = Folder::new("newest");
        assert!(newest(&folder.0, 10).await.unwrap().is_empty());
        let mailer = Mailer::files(&folder.0);
        for number in [2, 0, 3, 1, 3] {
            let mut message = message_to("amal@example.org");
            message.date += TimeDelta::milliseconds(number * 700);
            message.subject = format!("{number}");
            let name = mailer.send(&message).await.unwrap().receipt;
            assert_eq!(read(&folder.0, &name).await.unwrap(), Some(message.compose().unwrap().bytes));
        }
        std::fs::write(folder.0.join("no mail.eml"), "x").unwrap();
        let subjects: Vec<_> = newest(&folder.0, 3).await.unwrap().into_iter().map(|kept| kept.letter.subject).collect();
        assert_eq!(subjects, ["3", "2", "1"]);
        assert_eq!(newest(&folder.0, 10).await.unwrap().len(), 4);
        assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 5, "no draft is left");
    }

    #[tokio::test]
    async fn files_are_named_without_a_word_of_the_mail() {
        let folder = Folder::new("names");
        let name = Mailer::files(&folder.0).send(&message_to("amal@example.org")).await.unwrap().receipt;
        assert!(name.starts_with("20260101T000000000Z-") && name.len() == "20260101T000000000Z-0123456789abcdef.eml".len(), "{name}");
    }

    #[tokio::test]
    async fn no_name_leads_out_of_the_folder() {
        let folder = Folder::new("paths");
        std::fs::create_dir_all(folder.0.join("inner")).unwrap();
        std::fs::write(folder.0.join("secret.eml"), "x").unwrap();
        let inner = folder.0.join("inner");
        for name in
            ["../secret.eml", "..%2fsecret.eml", "/etc/passwd", "", ".eml", "..\\secret.eml", "a\0.eml", "secret.eml/", "./secret.eml"]
        {
            assert_eq!(read(&inner, name).await.unwrap(), None, "{name}");
        }
        assert_eq!(read(&inner, "nothing.eml").await.unwrap(), None);
        assert!(read(&folder.0, "secret.eml").await.unwrap().is_some());
    }
}
