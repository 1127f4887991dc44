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
        <source>You asked: %1</source>
        <translation>Ihre Frage: %1</translation>
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
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Die Antwort kopieren</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
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
        <source>Enter asks · Shift+Enter breaks the line</source>
        <translation>Eingabe fragt · Umschalt+Eingabe bricht die Zeile um</translation>
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
    <name>FileItem</name>
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
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
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
        <source>Answers by %1</source>
        <translation>Antworten von %1</translation>
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
    <name>lectern::FileStatusModel</name>
    <message>
        <source>Needs attention</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryController</name>
    <message>
        <source>not reachable; kept as it was</source>
        <translation>nicht erreichbar; bleibt, wie es war</translation>
    </message>
    <message>
        <source>Looking for documents…</source>
        <translation>Dokumente werden gesucht …</translation>
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
        <source>%1 is not a file on this machine. Save it here first, then drop it.</source>
        <translation>%1 ist keine Datei auf diesem Rechner. Speichern Sie sie erst hier, dann legen Sie sie ab.</translation>
    </message>
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
</TS>
