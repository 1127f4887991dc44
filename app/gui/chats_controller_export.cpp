// The chat that is shown, written to a file of its own.
#include <QBuffer>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextDocument>
#include <span>

#include "app/core/chat_export.h"
#include "app/core/whole_file.h"
#include "app/gui/chats_controller.h"

namespace lectern {
namespace {

Status write_pdf(const QString& path, const Chat& chat) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setTitle(QString::fromStdString(chat.summary.title));
    QTextDocument document;
    document.setHtml(QString::fromStdString(chat_html(chat)));
    document.print(&writer);  // tells no errors: a PDF that came to its end has its mark there
    if (!bytes.startsWith("%PDF-") || !bytes.right(16).contains("%%EOF"))
        return fail(ErrorCode::kInternal, "The chat could not be printed to a PDF.",
                    "Export it as HTML and print that.");
    return write_whole_file(path.toStdString(), {std::as_bytes(std::span(bytes))});
}

Status write_text(const QString& path, const std::string& text) {
    return write_whole_file(path.toStdString(), {std::as_bytes(std::span(text))});
}

}  // namespace

QString ChatsController::exportName(const QString& suffix) const {
    static const QRegularExpression kNotInNames(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f…]"));
    QString name = QString(m_title).remove(kNotInNames).simplified();
    while (name.startsWith(QLatin1Char('.'))) name.remove(0, 1);
    return (name.isEmpty() ? tr("Chat") : name) + QLatin1Char('.') + suffix;
}

void ChatsController::exportOpen(const QUrl& file) {
    const QString path = file.toLocalFile();
    if (m_open == 0 || path.isEmpty()) return;
    work([chat_id = m_open, path](ChatStore& store) -> Status {
        LECTERN_ASSIGN(const Chat chat, store.chat(chat_id));
        if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
            return write_pdf(path, chat);
        if (path.endsWith(QStringLiteral(".html"), Qt::CaseInsensitive))
            return write_text(path, chat_html(chat));
        return write_text(path, chat_markdown(chat));
    });
}

}  // namespace lectern
