#include <QAbstractItemModelTester>

#include "app/gui/conversation_model.h"
#include "app/gui/document_list_model.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("the conversation model keeps Qt's rules through a whole conversation") {
    start_application();
    ConversationModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show_draft({});  // nothing was asked: no row to change
    model.append_question(QStringLiteral("one?"));
    model.show_draft({"An", {}, {citation(1, "a", 2)}});
    const QModelIndex first = model.index(0);
    CHECK(model.data(first, ConversationModel::StreamingRole).toBool());
    CHECK(model.data(first, ConversationModel::SourcesRole).toList().size() == 1);
    Answer answer;
    answer.text = "An answer.";
    model.finish(answer);
    CHECK_FALSE(model.data(first, ConversationModel::StreamingRole).toBool());
    CHECK(model.data(first, ConversationModel::WithoutHitsRole).toBool());
    model.append_question(QStringLiteral("two?"));
    model.fail_last(QStringLiteral("It broke."));
    CHECK(model.data(model.index(1), ConversationModel::ErrorRole).toString() == "It broke.");
    CHECK(model.data(first, ConversationModel::ErrorRole).toString().isEmpty());
    model.clear();
    CHECK(model.rowCount() == 0);
}

namespace {

LibraryDocument document(int i, FileState state = FileState::kReady) {
    const QString name = QStringLiteral("/a/%1.txt").arg(i, 5, 10, QLatin1Char('0'));
    return {.path = name.toStdString(), .state = state, .chunks = i};
}

DocumentList documents(std::initializer_list<int> numbers) {
    DocumentList list;
    for (const int i : numbers) list.documents.push_back(document(i));
    return list;
}

}  // namespace

TEST_CASE("the documents' model fetches pages as it is asked, and keeps rows that stay") {
    start_application();
    DocumentListModel model;
    int n_wanted = 0;
    QObject::connect(&model, &DocumentListModel::pageWanted, [&] { ++n_wanted; });
    REQUIRE(model.canFetchMore({}));
    // The tester fetches whenever it may, as a list does that has room.
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(n_wanted == 1);
    CHECK_FALSE(model.canFetchMore({}));  // until the page is there
    DocumentList page = documents({1, 3, 5});
    page.more = true;
    model.append(page);
    CHECK(model.last_path() == "/a/00005.txt");
    CHECK(n_wanted == 2);
    const QPersistentModelIndex third = model.index(1);
    DocumentList now = documents({2, 3, 4, 7});
    now.documents[1].chunks = 30;
    model.replace(now);
    REQUIRE(model.rowCount() == 4);
    CHECK(third.row() == 1);
    CHECK(third.data(DocumentListModel::ChunksRole).toInt() == 30);
    CHECK_FALSE(model.canFetchMore({}));
    model.set_reading("/a/00004.txt");
    CHECK(model.index(2).data(DocumentListModel::StateRole).toInt() == DocumentListModel::Reading);
    model.set_reading({});
    CHECK(model.index(2).data(DocumentListModel::StateRole).toInt() == DocumentListModel::Ready);
    model.replace({});
    CHECK(model.rowCount() == 0);
}
