#include <QAbstractItemModelTester>

#include "app/gui/conversation_model.h"
#include "app/gui/file_status_model.h"
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

TEST_CASE("files that need attention come first, and go when they no longer do") {
    start_application();
    FileStatusModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto name = [&](int row) {
        return model.data(model.index(row), FileStatusModel::NameRole).toString().toStdString();
    };
    const auto section = [&](int row) {
        return model.data(model.index(row), FileStatusModel::SectionRole).toString().toStdString();
    };
    for (const char* path : {"/a/1.txt", "/a/2.pdf", "/a/3.txt", "/a/4.pdf"})
        model.show({path, FileState::kReading, "", 0});
    model.show({"/a/2.pdf", FileState::kFailed, "2.pdf is broken.", 0});
    model.show({"/a/4.pdf", FileState::kFailed, "4.pdf is broken.", 0});
    model.show({"/a/3.txt", FileState::kReady, "", 5});
    REQUIRE(model.rowCount() == 4);
    CHECK((name(0) + name(1) + name(2) + name(3)) == "2.pdf4.pdf1.txt3.txt");
    CHECK(section(1) == "Needs attention");
    CHECK(section(2) == "Files");
    CHECK(model.data(model.index(3), FileStatusModel::ChunksRole).toInt() == 5);

    model.show_failed({{"/a/4.pdf", FileState::kFailed, "4.pdf is encrypted.", 0}});
    REQUIRE(model.rowCount() == 3);
    CHECK(name(0) == "4.pdf");
    CHECK(model.data(model.index(0), FileStatusModel::ReasonRole).toString() ==
          "4.pdf is encrypted.");
    model.show({"/a/4.pdf", FileState::kReady, "", 2});
    REQUIRE(model.rowCount() == 3);
    CHECK(name(2) == "4.pdf");
    CHECK(section(0) == "Files");
}

TEST_CASE("the file model has one row a path, which changes its state in place") {
    start_application();
    FileStatusModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show({"/a/x.pdf", FileState::kReading, "", 0});
    model.show({"/a/y.pdf", FileState::kReading, "", 0});
    model.show({"/a/x.pdf", FileState::kFailed, "x.pdf is encrypted.", 0});
    REQUIRE(model.rowCount() == 2);
    const QModelIndex first = model.index(0);
    CHECK(model.data(first, FileStatusModel::NameRole).toString() == "x.pdf");
    CHECK(model.data(first, FileStatusModel::StateRole).toInt() == FileStatusModel::Failed);
    CHECK(model.data(first, FileStatusModel::ReasonRole).toString() == "x.pdf is encrypted.");
}
