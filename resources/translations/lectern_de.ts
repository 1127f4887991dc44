<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 Dokumente</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 Textstelle</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Textstellen</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copy the answer with its sources, as Markdown</source>
        <translation>Die Antwort mit ihren Quellen als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy the answer as plain text</source>
        <translation>Die Antwort als reinen Text kopieren</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask the same question again</source>
        <translation>Dieselbe Frage noch einmal stellen</translation>
    </message>
</context>
<context>
    <name>AnswerArea</name>
    <message>
        <source>Heading: %1</source>
        <translation>Überschrift: %1</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>AnswerBlock</name>
    <message>
        <source>Rule</source>
        <translation>Trennlinie</translation>
    </message>
</context>
<context>
    <name>AnswerCode</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Den Code kopieren</translation>
    </message>
</context>
<context>
    <name>AnswerItem</name>
    <message>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Reading %1 passages…</source>
        <translation>%1 Textstellen werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>Die Textstellen werden gelesen …</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>Die Antwort entsteht …</translation>
    </message>
    <message>
        <source>Searching your documents…</source>
        <translation>Ihre Dokumente werden durchsucht …</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>No passage of your documents matches. Try other words, or add the documents that would say it.</source>
        <translation>Keine Stelle Ihrer Dokumente passt dazu. Versuchen Sie andere Wörter, oder fügen Sie die Dokumente hinzu, in denen es steht.</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Searched for: %1</source>
        <translation>Gesucht wurde: %1</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>First word after %1</source>
        <translation>Erstes Wort nach %1</translation>
    </message>
    <message>
        <source>%1 passages, %2 from the cache</source>
        <translation>%1 Textstellen, %2 aus dem Speicher</translation>
    </message>
    <message>
        <source>%1 % recomputed</source>
        <translation>%1 % neu berechnet</translation>
    </message>
    <message>
        <source>a full read would take about %1</source>
        <translation>alles zu lesen würde etwa %1 dauern</translation>
    </message>
    <message>
        <source>model loaded in %1</source>
        <translation>Modell in %1 geladen</translation>
    </message>
</context>
<context>
    <name>Banners</name>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Documents cannot be added here now: another Lectern is adding to this library, or its folder is read-only. Questions work.</source>
        <translation>Hier lassen sich gerade keine Dokumente hinzufügen: Ein anderes Lectern schreibt in diese Bibliothek, oder ihr Ordner ist schreibgeschützt. Fragen gehen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The chat “%1” was deleted.</source>
        <translation>Der Chat „%1“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>What can be done with this chat</source>
        <translation>Was sich mit diesem Chat tun lässt</translation>
    </message>
</context>
<context>
    <name>ChatItem</name>
    <message>
        <source>%1, shown</source>
        <translation>%1, angezeigt</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Export as Markdown…</source>
        <translation>Als Markdown exportieren …</translation>
    </message>
    <message>
        <source>Export as HTML…</source>
        <translation>Als HTML exportieren …</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>Als PDF exportieren …</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>Den Chat exportieren</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Den Chat umbenennen</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>Den Chat löschen</translation>
    </message>
</context>
<context>
    <name>ChatTitleField</name>
    <message>
        <source>Title of the chat</source>
        <translation>Titel des Chats</translation>
    </message>
</context>
<context>
    <name>ChatsPane</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>Find in chats (Ctrl+F)</source>
        <translation>In Chats suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Find in chats</source>
        <translation>In Chats suchen</translation>
    </message>
    <message>
        <source>No chat has all of these words.</source>
        <translation>In keinem Chat stehen alle diese Wörter.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Einen Befehl suchen</translation>
    </message>
    <message>
        <source>No action is called that.</source>
        <translation>So heißt kein Befehl.</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents</source>
        <translation>Fragen Sie Ihre Dokumente</translation>
    </message>
    <message>
        <source>Add documents, then ask about them</source>
        <translation>Fügen Sie Dokumente hinzu, dann fragen Sie</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Esc stops the answer</source>
        <translation>Esc hält die Antwort an</translation>
    </message>
    <message>
        <source>Enter asks · Shift+Enter breaks the line · @ narrows to a folder or file · ↑ edits the last question</source>
        <translation>Eingabe fragt · Umschalt+Eingabe bricht die Zeile um · @ engt auf Ordner oder Datei ein · ↑ bearbeitet die letzte Frage</translation>
    </message>
    <message>
        <source>Enter asks the edited question in place of what stands there · Esc leaves it as it was</source>
        <translation>Eingabe stellt die geänderte Frage an die Stelle der alten · Esc lässt alles, wie es war</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DataPlace</name>
    <message>
        <source>Where your data is to lie</source>
        <translation>Wo Ihre Daten liegen sollen</translation>
    </message>
    <message>
        <source>Move your data?</source>
        <translation>Ihre Daten verschieben?</translation>
    </message>
    <message>
        <source>Move and start again</source>
        <translation>Verschieben und neu starten</translation>
    </message>
    <message>
        <source>Delete all data?</source>
        <translation>Alle Daten löschen?</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>Die Einstellungen</translation>
    </message>
    <message>
        <source>This goes, and cannot be brought back:</source>
        <translation>Das geht verloren und lässt sich nicht zurückholen:</translation>
    </message>
    <message>
        <source>Your documents stay as they are. Lectern starts again for it, and then ends.</source>
        <translation>Ihre Dokumente bleiben, wie sie sind. Lectern startet dafür neu und beendet sich dann.</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>Ihre Daten</translation>
    </message>
    <message>
        <source>Your data lies in %1</source>
        <translation>Ihre Daten liegen in %1</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alles zusammen</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Den Ordner öffnen</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben …</translation>
    </message>
    <message>
        <source>Move your data</source>
        <translation>Ihre Daten verschieben</translation>
    </message>
    <message>
        <source>Delete all data…</source>
        <translation>Alle Daten löschen …</translation>
    </message>
</context>
<context>
    <name>DataWorkWindow</name>
    <message>
        <source>Moving your data</source>
        <translation>Ihre Daten werden verschoben</translation>
    </message>
    <message>
        <source>Deleting your data</source>
        <translation>Ihre Daten werden gelöscht</translation>
    </message>
    <message>
        <source>All data was deleted.</source>
        <translation>Alle Daten wurden gelöscht.</translation>
    </message>
    <message>
        <source>Putting things back…</source>
        <translation>Alles wird zurückgelegt …</translation>
    </message>
    <message>
        <source>Leave the data where it is</source>
        <translation>Die Daten lassen, wo sie sind</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>DocumentItem</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 Textstelle</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Textstellen</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>DropCard</name>
    <message>
        <source>Skipped: %1.</source>
        <translation>Übersprungen: %1.</translation>
    </message>
    <message>
        <source>Start reading</source>
        <translation>Mit dem Lesen beginnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Do not add</source>
        <translation>Nicht hinzufügen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>DropPreviewController</name>
    <message>
        <source>plain text</source>
        <translation>reiner Text</translation>
    </message>
    <message>
        <source>without an extension</source>
        <translation>ohne Endung</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Documents cannot be added here now</source>
        <translation>Hier lassen sich gerade keine Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>Let go to add these documents</source>
        <translation>Loslassen, um diese Dokumente hinzuzufügen</translation>
    </message>
</context>
<context>
    <name>FiguresLine</name>
    <message>
        <source>Why this answer?</source>
        <translation>Warum diese Antwort?</translation>
    </message>
    <message>
        <source>Folds the reasons</source>
        <translation>Klappt die Gründe zu</translation>
    </message>
    <message>
        <source>Unfolds the reasons</source>
        <translation>Klappt die Gründe auf</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Die Suche schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>FolderItem</name>
    <message>
        <source>In the library: %1</source>
        <translation>In der Bibliothek: %1</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr …</translation>
    </message>
    <message>
        <source>What can be done with %1</source>
        <translation>Was sich mit %1 tun lässt</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>First in line</source>
        <translation>Zuerst an die Reihe</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Drop folders or files on the window. Each file can be asked about as soon as it is read.</source>
        <translation>Legen Sie Ordner oder Dateien auf dem Fenster ab. Zu jeder Datei können Sie fragen, sobald sie gelesen ist.</translation>
    </message>
    <message>
        <source>Ask in the field at the bottom. The numbers in an answer are its sources: rest the mouse on one to see the passage, click it to open the page.</source>
        <translation>Fragen Sie im Feld unten. Die Nummern in einer Antwort sind ihre Quellen: Halten Sie die Maus darauf, um die Textstelle zu sehen; ein Klick öffnet die Seite.</translation>
    </message>
    <message>
        <source>Under each answer, “Why this answer?” shows what was found, what was computed and what the model was given.</source>
        <translation>Unter jeder Antwort zeigt „Warum diese Antwort?“, was gefunden wurde, was berechnet wurde und was das Modell bekam.</translation>
    </message>
    <message>
        <source>Documents, questions and answers stay on this machine.</source>
        <translation>Dokumente, Fragen und Antworten bleiben auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>HubSearch</name>
    <message>
        <source>Other models are looked for on %1. What you type here is sent there, and nothing else.</source>
        <translation>Andere Modelle werden auf %1 gesucht. Was Sie hier eingeben, wird dorthin geschickt, und sonst nichts.</translation>
    </message>
    <message>
        <source>Name of a model, such as Qwen3 4B</source>
        <translation>Name eines Modells, etwa Qwen3 4B</translation>
    </message>
    <message>
        <source>Search for models</source>
        <translation>Nach Modellen suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Wird gesucht</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of %1</source>
        <translation>Dateien von %1</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
</context>
<context>
    <name>IndexingStatus</name>
    <message>
        <source>Stopped. What was read can be asked about.</source>
        <translation>Angehalten. Zu dem, was gelesen ist, können Sie fragen.</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Bringing the library up to date</source>
        <translation>Die Bibliothek wird auf den neuesten Stand gebracht</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop indexing</source>
        <translation>Das Einlesen anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>Mit dem Einlesen fortfahren</translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation>Fortschritt des Einlesens</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>What was not read yet is left out; what was read stays</source>
        <translation>Was noch nicht gelesen ist, wird weggelassen; was gelesen ist, bleibt</translation>
    </message>
    <message>
        <source>Give up indexing: what was not read yet is left out</source>
        <translation>Das Einlesen aufgeben: Was noch nicht gelesen ist, wird weggelassen</translation>
    </message>
</context>
<context>
    <name>KvMeter</name>
    <message>
        <source>Disk for instant answers (KV)</source>
        <translation>Platz für sofortige Antworten (KV)</translation>
    </message>
    <message>
        <source>Disk for instant answers: %1</source>
        <translation>Platz für sofortige Antworten: %1</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Dateien …</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>Noch nichts hier.</translation>
    </message>
    <message>
        <source>Find documents by name or folder</source>
        <translation>Dokumente nach Name oder Ordner finden</translation>
    </message>
    <message>
        <source>Needs attention (%1)</source>
        <translation>Zu prüfen (%1)</translation>
    </message>
    <message>
        <source>No document is like this.</source>
        <translation>Kein Dokument ist so.</translation>
    </message>
</context>
<context>
    <name>LinkNotice</name>
    <message>
        <source>This link leads out of Lectern</source>
        <translation>Dieser Link führt aus Lectern hinaus</translation>
    </message>
    <message>
        <source>It leads to %1</source>
        <translation>Er führt zu %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Den Link kopieren</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Lectern</source>
        <translation>Lectern</translation>
    </message>
    <message>
        <source>Add a folder of documents</source>
        <translation>Einen Ordner mit Dokumenten hinzufügen</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>Documents (*.pdf *.md *.markdown *.html *.htm *.txt)</source>
        <translation>Dokumente (*.pdf *.md *.markdown *.html *.htm *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Find in chats</source>
        <translation>In Chats suchen</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>Die Seitenleiste zeigen</translation>
    </message>
    <message>
        <source>Show the library</source>
        <translation>Die Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Einen Befehl suchen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show the models</source>
        <translation>Die Modelle zeigen</translation>
    </message>
    <message>
        <source>Show the settings</source>
        <translation>Die Einstellungen zeigen</translation>
    </message>
</context>
<context>
    <name>ModelItem</name>
    <message>
        <source>%1, answers now</source>
        <translation>%1, antwortet jetzt</translation>
    </message>
    <message>
        <source>%1 %2 %3 %4 %5</source>
        <translation>%1 %2 %3 %4 %5</translation>
    </message>
    <message>
        <source>Answers now</source>
        <translation>Antwortet jetzt</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>Fortschritt von %1</translation>
    </message>
    <message>
        <source>Answer with it</source>
        <translation>Damit antworten</translation>
    </message>
    <message>
        <source>Answer with %1</source>
        <translation>Mit %1 antworten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Go on downloading %1</source>
        <translation>%1 weiter herunterladen</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause downloading %1</source>
        <translation>Das Herunterladen von %1 anhalten</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Give up downloading %1</source>
        <translation>Das Herunterladen von %1 aufgeben</translation>
    </message>
    <message>
        <source>What came of it is thrown away</source>
        <translation>Was davon da ist, wird verworfen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop what is done with %1</source>
        <translation>Anhalten, was mit %1 geschieht</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measure the speed of %1</source>
        <translation>Die Geschwindigkeit von %1 messen</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Compare %1 with its checksum</source>
        <translation>%1 mit seiner Prüfsumme vergleichen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Removing it frees %1 of disk.</source>
        <translation>Es zu entfernen gibt %1 Platz frei.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1 now</source>
        <translation>%1 jetzt entfernen</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>ModelOffer</name>
    <message>
        <source>A model is offered</source>
        <translation>Ein Modell wird angeboten</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download the model that is offered</source>
        <translation>Das angebotene Modell herunterladen</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Import a model from a file</source>
        <translation>Ein Modell aus einer Datei importieren</translation>
    </message>
    <message>
        <source>A GGUF file; it may also be dropped on the window</source>
        <translation>Eine GGUF-Datei; sie lässt sich auch auf dem Fenster ablegen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Search for others</source>
        <translation>Andere suchen</translation>
    </message>
    <message>
        <source>Network accesses</source>
        <translation>Zugriffe auf das Netz</translation>
    </message>
</context>
<context>
    <name>NetworkLogList</name>
    <message>
        <source>Network accesses</source>
        <translation>Zugriffe auf das Netz</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>There was no access to the network. Lectern makes one only to download a model or to search for one.</source>
        <translation>Es gab keinen Zugriff auf das Netz. Lectern greift nur darauf zu, um ein Modell herunterzuladen oder zu suchen.</translation>
    </message>
</context>
<context>
    <name>PdfFile</name>
    <message>
        <source>%1 is now encrypted.</source>
        <translation>%1 ist jetzt verschlüsselt.</translation>
    </message>
    <message>
        <source>Open it in its own application, which asks for the password.</source>
        <translation>Öffnen Sie es in seiner eigenen Anwendung, die nach dem Kennwort fragt.</translation>
    </message>
    <message>
        <source>%1 can no longer be opened as a PDF.</source>
        <translation>%1 lässt sich nicht mehr als PDF öffnen.</translation>
    </message>
    <message>
        <source>Try it in its own application, and save it again there.</source>
        <translation>Versuchen Sie es in seiner eigenen Anwendung, und speichern Sie es dort neu.</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>The document&apos;s pages</source>
        <translation>Die Seiten des Dokuments</translation>
    </message>
</context>
<context>
    <name>QuestionItem</name>
    <message>
        <source>You asked: %1</source>
        <translation>Ihre Frage: %1</translation>
    </message>
    <message>
        <source>Only in %1</source>
        <translation>Nur in %1</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit the question and ask it again</source>
        <translation>Die Frage bearbeiten und erneut stellen</translation>
    </message>
    <message>
        <source>Edit the question and ask it again; what stands behind it is taken back</source>
        <translation>Die Frage bearbeiten und erneut stellen; was dahinter steht, wird zurückgenommen</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>Die Frage kopieren</translation>
    </message>
</context>
<context>
    <name>RemovalCard</name>
    <message>
        <source>Remove %1 from the library?</source>
        <translation>%1 aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message>
        <source>@%1</source>
        <translation>@%1</translation>
    </message>
    <message>
        <source>Only in %1</source>
        <translation>Nur in %1</translation>
    </message>
    <message>
        <source>Removes it: the question is searched elsewhere, too</source>
        <translation>Entfernt es: Die Frage wird auch anderswo gesucht</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
</context>
<context>
    <name>ScopeList</name>
    <message>
        <source>No folder or document has this in its name</source>
        <translation>Kein Ordner und kein Dokument hat das im Namen</translation>
    </message>
    <message>
        <source>Folders and documents to search in</source>
        <translation>Ordner und Dokumente, in denen gesucht wird</translation>
    </message>
    <message>
        <source>%1/</source>
        <translation>%1/</translation>
    </message>
</context>
<context>
    <name>SettingEditor</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>SettingItem</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to %1</source>
        <translation>Auf %1 zurücksetzen</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light or dark, or as the system has it.</source>
        <translation>Hell oder dunkel, oder wie im System.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Of all text in the window, against the system&apos;s font.</source>
        <translation>Von allem Text im Fenster, gemessen an der Schrift des Systems.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of the window.</source>
        <translation>Des Fensters.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Whether panes slide and buttons glide, or are simply there.</source>
        <translation>Ob Leisten gleiten und Knöpfe wandern oder einfach da sind.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Answering model</source>
        <translation>Antwortendes Modell</translation>
    </message>
    <message>
        <source>Which of the installed models answers; the best one is the largest that this machine has the memory for.</source>
        <translation>Welches der installierten Modelle antwortet; das beste ist das größte, für das dieser Rechner genug Speicher hat.</translation>
    </message>
    <message>
        <source>The best that fits</source>
        <translation>Das beste, das passt</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>Verschmelzung</translation>
    </message>
    <message>
        <source>How near an answer comes to a full reading of its passages: fast recomputes least, exact reads everything again.</source>
        <translation>Wie nah eine Antwort dem vollen Lesen ihrer Textstellen kommt: Schnell rechnet am wenigsten neu, genau liest alles noch einmal.</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>At 0 every word is the likeliest one; the higher, the more freely it is chosen.</source>
        <translation>Bei 0 ist jedes Wort das wahrscheinlichste; je höher, desto freier wird gewählt.</translation>
    </message>
    <message>
        <source>Passages per question</source>
        <translation>Textstellen je Frage</translation>
    </message>
    <message>
        <source>How many passages of your documents are read for a question.</source>
        <translation>Wie viele Stellen Ihrer Dokumente für eine Frage gelesen werden.</translation>
    </message>
    <message>
        <source>Length of answers</source>
        <translation>Länge der Antworten</translation>
    </message>
    <message>
        <source>Where an answer ends at the latest; a token is about three quarters of a word.</source>
        <translation>Wo eine Antwort spätestens endet; ein Token ist etwa drei Viertel eines Wortes.</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>How much of a conversation, with its passages, the model keeps in mind. Longer takes more memory.</source>
        <translation>Wie viel eines Gesprächs mit seinen Textstellen das Modell behält. Länger braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>As much as fits</source>
        <translation>So viel wie passt</translation>
    </message>
    <message>
        <source>Prepared passages</source>
        <translation>Vorbereitete Textstellen</translation>
    </message>
    <message>
        <source>Prepare passages</source>
        <translation>Textstellen vorbereiten</translation>
    </message>
    <message>
        <source>When passages are computed ahead, so that answers start sooner: all right after reading, while nobody asks, or with the first question that needs them.</source>
        <translation>Wann Textstellen im Voraus berechnet werden, damit Antworten früher beginnen: alle gleich nach dem Lesen, während niemand fragt, oder mit der ersten Frage, die sie braucht.</translation>
    </message>
    <message>
        <source>All now</source>
        <translation>Alle gleich</translation>
    </message>
    <message>
        <source>When idle</source>
        <translation>In Pausen</translation>
    </message>
    <message>
        <source>On first use</source>
        <translation>Beim ersten Gebrauch</translation>
    </message>
    <message>
        <source>Disk for prepared passages</source>
        <translation>Platz für vorbereitete Textstellen</translation>
    </message>
    <message>
        <source>They never take more than this; what is used least goes first.</source>
        <translation>Sie nehmen nie mehr als das; was am wenigsten gebraucht wird, geht zuerst.</translation>
    </message>
    <message>
        <source>A tenth of the free disk</source>
        <translation>Ein Zehntel des freien Platzes</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>Precision of prepared passages</source>
        <translation>Genauigkeit vorbereiteter Textstellen</translation>
    </message>
    <message>
        <source>In which numbers they are kept from now on: smaller ones take less disk, f16 is closest to what was computed.</source>
        <translation>In welchen Zahlen sie von jetzt an gespeichert werden: kleinere nehmen weniger Platz, f16 kommt dem Berechneten am nächsten.</translation>
    </message>
    <message>
        <source>4 bit</source>
        <translation>4 Bit</translation>
    </message>
    <message>
        <source>8 and 4 bit</source>
        <translation>8 und 4 Bit</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>How many threads answer; fewer leave more to other programs.</source>
        <translation>Wie viele Threads antworten; weniger lassen anderen Programmen mehr.</translation>
    </message>
    <message>
        <source>Chosen for this machine</source>
        <translation>Für diesen Rechner gewählt</translation>
    </message>
    <message>
        <source>Work ahead on battery</source>
        <translation>Auch auf Akku vorarbeiten</translation>
    </message>
    <message>
        <source>Whether conversations are repaired and models measured while the machine runs on its battery.</source>
        <translation>Ob Gespräche ausgebessert und Modelle gemessen werden, während der Rechner auf Akku läuft.</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>Offline bleiben</translation>
    </message>
    <message>
        <source>Nothing is fetched from any network, whatever is asked for.</source>
        <translation>Nichts wird aus einem Netz geholt, worum auch immer gebeten wird.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Through which machine downloads go: system, none, or a URL such as http://proxy.example:3128.</source>
        <translation>Über welchen Rechner Downloads gehen: system, none oder eine URL wie http://proxy.example:3128.</translation>
    </message>
    <message>
        <source>system</source>
        <translation>system</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Eine Einstellung suchen</translation>
    </message>
    <message>
        <source>Expert settings</source>
        <translation>Einstellungen für Fachleute</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung hat diese Wörter.</translation>
    </message>
    <message>
        <source>Network accesses</source>
        <translation>Zugriffe auf das Netz</translation>
    </message>
</context>
<context>
    <name>SidebarEntry</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>SourceHeader</name>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>Source %1: %2</source>
        <translation>Quelle %1: %2</translation>
    </message>
    <message>
        <source>Previous source</source>
        <translation>Vorige Quelle</translation>
    </message>
    <message>
        <source>Previous source (Alt+Left)</source>
        <translation>Vorige Quelle (Alt+Links)</translation>
    </message>
    <message>
        <source>Next source</source>
        <translation>Nächste Quelle</translation>
    </message>
    <message>
        <source>Next source (Alt+Right)</source>
        <translation>Nächste Quelle (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>Die Quelle schließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Smaller (Ctrl+-)</source>
        <translation>Kleiner (Strg+-)</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Size %1, back to the beginning</source>
        <translation>Größe %1, zurück zum Anfang</translation>
    </message>
    <message>
        <source>Fit (Ctrl+0)</source>
        <translation>Einpassen (Strg+0)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger (Ctrl++)</source>
        <translation>Größer (Strg++)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
</context>
<context>
    <name>SourceItem</name>
    <message>
        <source>Source %1</source>
        <translation>Quelle %1</translation>
    </message>
    <message>
        <source>Folds the passage</source>
        <translation>Klappt die Textstelle zu</translation>
    </message>
    <message>
        <source>Unfolds the passage</source>
        <translation>Klappt die Textstelle auf</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>Passage %1</source>
        <translation>Textstelle %1</translation>
    </message>
    <message>
        <source>Show in the document</source>
        <translation>Im Dokument zeigen</translation>
    </message>
    <message>
        <source>Show in %1</source>
        <translation>In %1 zeigen</translation>
    </message>
</context>
<context>
    <name>SourcePane</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>The document is being opened</source>
        <translation>Das Dokument wird geöffnet</translation>
    </message>
    <message>
        <source>Open in its application</source>
        <translation>In seiner Anwendung öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>SourcePlace</name>
    <message>
        <source>%1 is no longer there: it was moved, renamed or deleted.</source>
        <translation>%1 ist nicht mehr da: verschoben, umbenannt oder gelöscht.</translation>
    </message>
    <message>
        <source>Bring the documents up to date to find it where it is now.</source>
        <translation>Bringen Sie die Dokumente auf den neuesten Stand, um es an seinem jetzigen Ort zu finden.</translation>
    </message>
    <message>
        <source>%1 can no longer be read.</source>
        <translation>%1 lässt sich nicht mehr lesen.</translation>
    </message>
    <message>
        <source>Give yourself the right to read it, then try again.</source>
        <translation>Geben Sie sich das Leserecht, dann versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>SourcePreview</name>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
</context>
<context>
    <name>SourceProblem</name>
    <message>
        <source>Reading documents…</source>
        <translation>Dokumente werden gelesen …</translation>
    </message>
    <message>
        <source>Read the documents again</source>
        <translation>Die Dokumente neu lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The passage as it was read</source>
        <translation>Die Textstelle, wie sie gelesen wurde</translation>
    </message>
    <message>
        <source>Passage %1</source>
        <translation>Textstelle %1</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Ask your documents</source>
        <translation>Fragen Sie Ihre Dokumente</translation>
    </message>
    <message>
        <source>Reading your documents</source>
        <translation>Ihre Dokumente werden gelesen</translation>
    </message>
    <message>
        <source>Nothing to ask about yet</source>
        <translation>Noch nichts, wozu Sie fragen könnten</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>Legen Sie einen Ordner hier ab</translation>
    </message>
    <message>
        <source>Answers come with the passages they rest on.</source>
        <translation>Antworten kommen mit den Textstellen, auf denen sie beruhen.</translation>
    </message>
    <message>
        <source>Each file can be asked about as soon as it is done.</source>
        <translation>Zu jeder Datei können Sie fragen, sobald sie fertig ist.</translation>
    </message>
    <message>
        <source>PDF, HTML, Markdown and plain text. Everything stays on this machine.</source>
        <translation>PDF, HTML, Markdown und reiner Text. Alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Strg+O</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Strg+Umschalt+O</translation>
    </message>
    <message>
        <source>No text was found in what you added. The library says why; add others to go on.</source>
        <translation>In dem, was Sie hinzugefügt haben, fand sich kein Text. Die Bibliothek sagt, warum; fügen Sie anderes hinzu, um fortzufahren.</translation>
    </message>
</context>
<context>
    <name>TextBlockItem</name>
    <message>
        <source>Heading</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>The document&apos;s text</source>
        <translation>Der Text des Dokuments</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>F9</source>
        <translation>F9</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
</context>
<context>
    <name>WhyAnswer</name>
    <message>
        <source>Passages, by how near their meaning and their words come to the question</source>
        <translation>Textstellen, danach, wie nah ihr Sinn und ihre Wörter der Frage kommen</translation>
    </message>
    <message>
        <source>Found, and left out</source>
        <translation>Gefunden und weggelassen</translation>
    </message>
    <message>
        <source>Time to the first word</source>
        <translation>Zeit bis zum ersten Wort</translation>
    </message>
    <message>
        <source>The passages&apos; tokens</source>
        <translation>Die Token der Textstellen</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>as stored, corrected</source>
        <translation>wie gespeichert, berichtigt</translation>
    </message>
    <message>
        <source>recomputed</source>
        <translation>neu berechnet</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>Passage %1, %2</source>
        <translation>Textstelle %1, %2</translation>
    </message>
    <message>
        <source>The prompt, word for word</source>
        <translation>Die Eingabe an das Modell, Wort für Wort</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Die Eingabe kopieren</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabe an das Modell</translation>
    </message>
    <message>
        <source>%1 (rank %2)</source>
        <translation>%1 (Rang %2)</translation>
    </message>
    <message>
        <source>meaning %1 · words %2 · together %3</source>
        <translation>Sinn %1 · Wörter %2 · zusammen %3</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Fuse</source>
        <translation>Verschmelzen</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>%1 as stored</source>
        <translation>%1 wie gespeichert</translation>
    </message>
    <message>
        <source>%1 as stored, corrected</source>
        <translation>%1 wie gespeichert, berichtigt</translation>
    </message>
    <message>
        <source>%1 recomputed</source>
        <translation>%1 neu berechnet</translation>
    </message>
    <message>
        <source>%1 tokens: %2</source>
        <translation>%1 Token: %2</translation>
    </message>
    <message>
        <source>from an earlier question</source>
        <translation>von einer früheren Frage</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>The question leans on the one before. Searched for: %1</source>
        <translation>Die Frage stützt sich auf die vorige. Gesucht wurde: %1</translation>
    </message>
    <message>
        <source>Put in other words</source>
        <translation>Umformulieren</translation>
    </message>
</context>
<context>
    <name>WhyPassages</name>
    <message>
        <source>Source %1</source>
        <translation>Quelle %1</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
</context>
<context>
    <name>WhyTimeline</name>
    <message>
        <source>This answer</source>
        <translation>Diese Antwort</translation>
    </message>
    <message>
        <source>This answer: %1</source>
        <translation>Diese Antwort: %1</translation>
    </message>
    <message>
        <source>A full read</source>
        <translation>Alles gelesen</translation>
    </message>
    <message>
        <source>A full read: %1</source>
        <translation>Alles gelesen: %1</translation>
    </message>
</context>
<context>
    <name>lectern::AssistantController</name>
    <message>
        <source>%1 is no longer there. It was moved, renamed or deleted.</source>
        <translation>%1 ist nicht mehr da. Die Datei wurde verschoben, umbenannt oder gelöscht.</translation>
    </message>
    <message>
        <source>No application opened %1. Choose one for this kind of file in the system settings.</source>
        <translation>Keine Anwendung hat %1 geöffnet. Wählen Sie in den Systemeinstellungen eine für diese Art von Datei.</translation>
    </message>
    <message>
        <source>The conversation could not be prepared for the next question. %1</source>
        <translation>Das Gespräch konnte nicht auf die nächste Frage vorbereitet werden. %1</translation>
    </message>
    <message>
        <source>How near the model&apos;s quick answers come to a full read could not be measured. %1</source>
        <translation>Wie nah die schnellen Antworten des Modells dem Lesen von allem kommen, ließ sich nicht messen. %1</translation>
    </message>
    <message>
        <source>Passages could not be prepared ahead of questions. %1</source>
        <translation>Textstellen konnten nicht im Voraus vorbereitet werden. %1</translation>
    </message>
    <message>
        <source>No application opened %1. Copy the link and open it yourself.</source>
        <translation>Keine Anwendung hat %1 geöffnet. Kopieren Sie den Link, und öffnen Sie ihn selbst.</translation>
    </message>
</context>
<context>
    <name>lectern::ChatListModel</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
</context>
<context>
    <name>lectern::ChatsController</name>
    <message>
        <source>Chats are not kept when the window closes. %1</source>
        <translation>Chats bleiben nicht erhalten, wenn das Fenster schließt. %1</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
</context>
<context>
    <name>lectern::ConversationModel</name>
    <message>
        <source>Of what stands above, the model has only the words: the passages left its context.</source>
        <translation>Von dem, was darüber steht, hat das Modell nur noch die Worte: Die Textstellen haben seinen Kontext verlassen.</translation>
    </message>
    <message>
        <source>What stands above has left the model&apos;s context.</source>
        <translation>Was darüber steht, hat den Kontext des Modells verlassen.</translation>
    </message>
</context>
<context>
    <name>lectern::DataController</name>
    <message>
        <source>Texts of your documents</source>
        <translation>Texte Ihrer Dokumente</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>Vektoren</translation>
    </message>
    <message>
        <source>Prepared passages</source>
        <translation>Vorbereitete Textstellen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>No file manager opened %1.</source>
        <translation>Keine Dateiverwaltung hat %1 geöffnet.</translation>
    </message>
    <message>
        <source>%1 will be copied to %2, compared, and then removed from %3. %4 are free there. Lectern starts again for it.</source>
        <translation>%1 werden nach %2 kopiert, verglichen und dann aus %3 entfernt. Dort sind %4 frei. Lectern startet dafür neu.</translation>
    </message>
</context>
<context>
    <name>lectern::DataWorkController</name>
    <message>
        <source>Looking at the files…</source>
        <translation>Die Dateien werden angesehen …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 von %2 Dateien</translation>
    </message>
    <message>
        <source>%1 · %2 s left</source>
        <translation>%1 · noch %2 s</translation>
    </message>
    <message>
        <source>%1 · %2 min left</source>
        <translation>%1 · noch %2 min</translation>
    </message>
</context>
<context>
    <name>lectern::DropPreviewController</name>
    <message>
        <source>%1 others</source>
        <translation>%1 andere</translation>
    </message>
    <message>
        <source>Looking at what was dropped…</source>
        <translation>Das Abgelegte wird angesehen …</translation>
    </message>
    <message>
        <source>Nothing here to read</source>
        <translation>Hier ist nichts zu lesen</translation>
    </message>
    <message>
        <source>Read %1?</source>
        <translation>%1 lesen?</translation>
    </message>
    <message>
        <source>already read: %1</source>
        <translation>schon gelesen: %1</translation>
    </message>
    <message>
        <source>kinds that are not read: %1</source>
        <translation>Arten, die nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>empty: %1</source>
        <translation>leer: %1</translation>
    </message>
    <message>
        <source>too large: %1</source>
        <translation>zu groß: %1</translation>
    </message>
    <message>
        <source>hidden or temporary: %1</source>
        <translation>versteckt oder vorläufig: %1</translation>
    </message>
    <message>
        <source>folders that may not be listed: %1</source>
        <translation>Ordner, die sich nicht auflisten lassen: %1</translation>
    </message>
    <message>
        <source>not there: %1</source>
        <translation>nicht da: %1</translation>
    </message>
    <message>
        <source>How long reading takes is not known yet: nothing was read on this machine before.</source>
        <translation>Wie lange das Lesen dauert, ist noch nicht bekannt: Auf diesem Rechner wurde noch nichts gelesen.</translation>
    </message>
    <message>
        <source>Reading takes %1, as fast as it went here before.</source>
        <translation>Das Lesen dauert %1, so schnell wie hier zuletzt.</translation>
    </message>
    <message>
        <source>%1 of %2 are used</source>
        <translation>%1 von %2 sind belegt</translation>
    </message>
    <message>
        <source>Disk for instant answers: not known without a model; %1.</source>
        <translation>Platz für sofortige Antworten: ohne Modell nicht bekannt; %1.</translation>
    </message>
    <message>
        <source>Instant answers would take about %1 of disk. That is more than the budget has left (%2): what is asked about most is kept.</source>
        <translation>Sofortige Antworten brauchten etwa %1 Platz. Das ist mehr, als vom Budget übrig ist (%2): Behalten wird, wonach am meisten gefragt wird.</translation>
    </message>
    <message>
        <source>Instant answers take about %1 of disk; %2.</source>
        <translation>Sofortige Antworten brauchen etwa %1 Platz; %2.</translation>
    </message>
    <message>
        <source>%1 is not a file on this machine. Save it here first, then drop it.</source>
        <translation>%1 ist keine Datei auf diesem Rechner. Speichern Sie sie erst hier, dann legen Sie sie ab.</translation>
    </message>
</context>
<context>
    <name>lectern::HubController</name>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>%1 downloads</source>
        <translation>%1-mal heruntergeladen</translation>
    </message>
    <message>
        <source>needs an account there</source>
        <translation>braucht dort ein Konto</translation>
    </message>
    <message>
        <source>%1, more than this machine has memory</source>
        <translation>%1, mehr als dieser Rechner Speicher hat</translation>
    </message>
    <message>
        <source>Nothing was found. Try fewer words, or the name of a model.</source>
        <translation>Nichts gefunden. Versuchen Sie weniger Wörter oder den Namen eines Modells.</translation>
    </message>
    <message>
        <source>It has no GGUF file that is whole and has a checksum. Choose another one.</source>
        <translation>Es hat keine GGUF-Datei, die vollständig ist und eine Prüfsumme hat. Wählen Sie ein anderes.</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryController</name>
    <message>
        <source>Looking for documents…</source>
        <translation>Dokumente werden gesucht …</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 von %2 Dateien</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 passages a second</source>
        <translation>%1 Textstellen je Sekunde</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryDetails</name>
    <message>
        <source>not reachable; kept as it was</source>
        <translation>nicht erreichbar; bleibt, wie es war</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>text %1 · vectors %2 · KV %3</source>
        <translation>Text %1 · Vektoren %2 · KV %3</translation>
    </message>
    <message>
        <source> · %1 waiting</source>
        <translation> · %1 warten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 · %2 % of what all passages will take (%3)</source>
        <translation>%1 · %2 % dessen, was alle Textstellen brauchen werden (%3)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>passages that changed or were not looked at yet: %1</source>
        <translation>Textstellen, die sich änderten oder noch nicht angesehen wurden: %1</translation>
    </message>
    <message>
        <source>This takes %1 out of the library and frees %2 of text, %3 of vectors and %4 of KV. The files themselves stay where they are.</source>
        <translation>Das nimmt %1 aus der Bibliothek und gibt %2 Text, %3 Vektoren und %4 KV frei. Die Dateien selbst bleiben, wo sie sind.</translation>
    </message>
</context>
<context>
    <name>lectern::ModelListModel</name>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>Zum Herunterladen</translation>
    </message>
</context>
<context>
    <name>lectern::ModelsController</name>
    <message>
        <source>each when it is first used</source>
        <translation>jede, wenn sie zuerst gebraucht wird</translation>
    </message>
    <message>
        <source>while nothing else goes on</source>
        <translation>während sonst nichts geschieht</translation>
    </message>
    <message>
        <source>%1 answers from the next question on.</source>
        <translation>%1 antwortet ab der nächsten Frage.</translation>
    </message>
    <message>
        <source>%1 answers from the next question on. Documents and search stay as they are; up to %2 passages are prepared for it, %3. What was prepared for other models is kept as long as there is room.</source>
        <translation>%1 antwortet ab der nächsten Frage. Dokumente und Suche bleiben, wie sie sind; bis zu %2 Textstellen werden dafür vorbereitet, %3. Was für andere Modelle vorbereitet wurde, bleibt, solange Platz ist.</translation>
    </message>
    <message>
        <source>%1 was removed; %2 of disk are free again.</source>
        <translation>%1 wurde entfernt; %2 Platz sind wieder frei.</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>%1 wird angesehen …</translation>
    </message>
    <message>
        <source>Copying %1: %2 %</source>
        <translation>%1 wird kopiert: %2 %</translation>
    </message>
    <message>
        <source>%1 is here; its speed is being measured.</source>
        <translation>%1 ist da; seine Geschwindigkeit wird gemessen.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Comparing with its checksum: %1 %</source>
        <translation>Vergleich mit der Prüfsumme: %1 %</translation>
    </message>
    <message>
        <source>It is exactly what its makers gave out.</source>
        <translation>Es ist genau das, was seine Hersteller herausgaben.</translation>
    </message>
    <message>
        <source>Measuring its speed: %1 %</source>
        <translation>Die Geschwindigkeit wird gemessen: %1 %</translation>
    </message>
    <message>
        <source>Nothing can be found in documents without %1 (%2): it comes along with the first model that is downloaded.</source>
        <translation>Ohne %1 (%2) lässt sich in Dokumenten nichts finden: Es kommt mit dem ersten Modell, das heruntergeladen wird.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>lectern::NetworkLogController</name>
    <message>
        <source> by way of %1</source>
        <translation> über %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>lectern::ScopeController</name>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 Dokumente</translation>
    </message>
</context>
<context>
    <name>lectern::SettingsController</name>
    <message>
        <source>There is no such setting.</source>
        <translation>Diese Einstellung gibt es nicht.</translation>
    </message>
    <message>
        <source>The settings could not be kept. %1</source>
        <translation>Die Einstellungen konnten nicht gespeichert werden. %1</translation>
    </message>
</context>
<context>
    <name>lectern::SourceReader</name>
    <message>
        <source>%1 has changed since it was read, and this passage is no longer in it.</source>
        <translation>%1 hat sich geändert, seit es gelesen wurde, und diese Stelle steht nicht mehr darin.</translation>
    </message>
    <message>
        <source>The place of this passage in %1 could not be found.</source>
        <translation>Der Ort dieser Textstelle in %1 ließ sich nicht finden.</translation>
    </message>
</context>
<context>
    <name>lectern::TurnsController</name>
    <message>
        <source>The question was taken back.</source>
        <translation>Die Frage wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 questions were taken back.</source>
        <translation>%1 Fragen wurden zurückgenommen.</translation>
    </message>
    <message>
        <source>The same question would give the same answer: the temperature is 0. Edit the question, or raise the temperature.</source>
        <translation>Dieselbe Frage gäbe dieselbe Antwort: Die Temperatur ist 0. Ändern Sie die Frage, oder erhöhen Sie die Temperatur.</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>%1 Speicher</translation>
    </message>
    <message>
        <source>%1 of disk for 1,000 passages</source>
        <translation>%1 Platz für 1.000 Textstellen</translation>
    </message>
    <message>
        <source>reads %1, writes %2 tokens a second, measured here</source>
        <translation>liest %1, schreibt %2 Token je Sekunde, hier gemessen</translation>
    </message>
    <message>
        <source>not measured here; by another model&apos;s speed and its size, an estimate: reads %1, writes %2 tokens a second</source>
        <translation>hier nicht gemessen; nach der Geschwindigkeit eines anderen Modells und der Größe geschätzt: liest %1, schreibt %2 Token je Sekunde</translation>
    </message>
    <message>
        <source>speed not measured here</source>
        <translation>Geschwindigkeit hier nicht gemessen</translation>
    </message>
    <message>
        <source>checking what is here</source>
        <translation>was da ist, wird geprüft</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source> · %1 a second</source>
        <translation> · %1 je Sekunde</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
    <message>
        <source>The best model for this machine is %1: %2; %3.</source>
        <translation>Das beste Modell für diesen Rechner ist %1: %2; %3.</translation>
    </message>
</context>
</TS>
