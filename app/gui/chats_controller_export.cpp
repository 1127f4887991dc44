// The chat that is shown, written to a file of its own.
#include <QFile>
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
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(
            ErrorCode::kIo,
            path.toStdString() + " cannot be written: " + file.errorString().toStdString() + ".",
            "Choose another place.");
    QPdfWriter writer(&file);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setTitle(QString::fromStdString(chat.summary.title));
    QTextDocument document;
    document.setHtml(QString::fromStdString(chat_html(chat)));
    document.print(&writer);
    return {};
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
