import QtQuick
import Lectern

// All models, one below the other; the page scrolls. Its section delegate is made in a context of
// its own, which bound components do not allow.
ListView {
    required property ModelsController models

    interactive: false
    cacheBuffer: 100000
    spacing: 8
    model: models.list
    highlightMoveDuration: 0
    section.property: "section"
    section.delegate: SectionLabel {
        bottomPadding: 8
    }
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Models")
    delegate: ModelItem {
        width: ListView.view?.width ?? 0
        models: (ListView.view as ModelList)?.models ?? null
    }
}
