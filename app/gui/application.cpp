#include "app/gui/application.h"

namespace lectern {

QIcon application_icon() { return QIcon(QStringLiteral(":/icons/org.lectern.Lectern.svg")); }

QList<QUrl> document_urls(const QStringList& arguments, const QString& folder) {
    QList<QUrl> urls;
    for (const QString& argument : arguments)
        urls << (argument.contains(QLatin1String("://"))
                     ? QUrl(argument)
                     : QUrl::fromUserInput(argument, folder, QUrl::AssumeLocalFile));
    return urls;
}

}  // namespace lectern
