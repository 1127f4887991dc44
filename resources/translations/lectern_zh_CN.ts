<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>AnswerItem</name>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Reading %1 passages…</source>
        <translation>正在阅读 %1 个段落…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>正在阅读段落…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Searching your documents…</source>
        <translation>正在搜索您的文档…</translation>
    </message>
    <message>
        <source>You asked: %1</source>
        <translation>您的提问：%1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>No passage of your documents matches. Try other words, or add the documents that would say it.</source>
        <translation>您的文档中没有匹配的段落。请换个说法，或添加包含相关内容的文档。</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>First word after %1</source>
        <translation>首字用时 %1</translation>
    </message>
    <message>
        <source>%1 passages, %2 from the cache</source>
        <translation>%1 个段落，其中 %2 个来自缓存</translation>
    </message>
    <message>
        <source>%1 % recomputed</source>
        <translation>%1% 重新计算</translation>
    </message>
    <message>
        <source>a full read would take about %1</source>
        <translation>完整阅读约需 %1</translation>
    </message>
    <message>
        <source>model loaded in %1</source>
        <translation>模型加载用时 %1</translation>
    </message>
</context>
<context>
    <name>Banners</name>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Documents cannot be added here now: another Lectern is adding to this library, or its folder is read-only. Questions work.</source>
        <translation>现在无法在此添加文档：另一个 Lectern 正在写入此文档库，或其文件夹为只读。仍可提问。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The chat “%1” was deleted.</source>
        <translation>对话“%1”已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>What can be done with this chat</source>
        <translation>此对话的操作</translation>
    </message>
</context>
<context>
    <name>ChatItem</name>
    <message>
        <source>%1, shown</source>
        <translation>%1，当前显示</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Export as Markdown…</source>
        <translation>导出为 Markdown…</translation>
    </message>
    <message>
        <source>Export as HTML…</source>
        <translation>导出为 HTML…</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>导出为 PDF…</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>删除对话</translation>
    </message>
</context>
<context>
    <name>ChatTitleField</name>
    <message>
        <source>Title of the chat</source>
        <translation>对话标题</translation>
    </message>
</context>
<context>
    <name>ChatsPane</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Find in chats (Ctrl+F)</source>
        <translation>在对话中查找 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find in chats</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>No chat has all of these words.</source>
        <translation>没有对话包含所有这些词。</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>No action is called that.</source>
        <translation>没有这个名称的操作。</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents</source>
        <translation>向您的文档提问</translation>
    </message>
    <message>
        <source>Add documents, then ask about them</source>
        <translation>先添加文档，然后提问</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Esc stops the answer</source>
        <translation>按 Esc 停止回答</translation>
    </message>
    <message>
        <source>Enter asks · Shift+Enter breaks the line</source>
        <translation>Enter 提问 · Shift+Enter 换行</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Documents cannot be added here now</source>
        <translation>现在无法在此添加文档</translation>
    </message>
    <message>
        <source>Let go to add these documents</source>
        <translation>松开以添加这些文档</translation>
    </message>
</context>
<context>
    <name>FiguresLine</name>
    <message>
        <source>Why this answer?</source>
        <translation>为什么是这个回答？</translation>
    </message>
    <message>
        <source>Folds the reasons</source>
        <translation>收起理由</translation>
    </message>
    <message>
        <source>Unfolds the reasons</source>
        <translation>展开理由</translation>
    </message>
</context>
<context>
    <name>FileItem</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 个段落</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法访问</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Shift+Enter</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
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
        <translation>文档库中：%1</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Drop folders or files on the window. Each file can be asked about as soon as it is read.</source>
        <translation>将文件夹或文件拖到窗口上。每个文件读取后即可提问。</translation>
    </message>
    <message>
        <source>Ask in the field at the bottom. The numbers in an answer are its sources: rest the mouse on one to see the passage, click it to open the page.</source>
        <translation>在底部的输入框中提问。回答中的数字是其来源：将鼠标停在数字上可查看段落，点击可打开页面。</translation>
    </message>
    <message>
        <source>Under each answer, “Why this answer?” shows what was found, what was computed and what the model was given.</source>
        <translation>每个回答下方的“为什么是这个回答？”会显示找到了什么、计算了什么以及交给模型的内容。</translation>
    </message>
    <message>
        <source>Documents, questions and answers stay on this machine.</source>
        <translation>文档、问题和回答都保留在本机。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>IndexingStatus</name>
    <message>
        <source>Stopped. What was read can be asked about.</source>
        <translation>已停止。已读取的内容可以提问。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Bringing the library up to date</source>
        <translation>正在更新文档库</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop indexing</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>继续读取</translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation>读取进度</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>文档库</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>添加文档</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>这里还没有内容。</translation>
    </message>
    <message>
        <source>Answers by %1</source>
        <translation>由 %1 回答</translation>
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
        <translation>添加文档文件夹</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>添加文档</translation>
    </message>
    <message>
        <source>Documents (*.pdf *.md *.markdown *.html *.htm *.txt)</source>
        <translation>文档 (*.pdf *.md *.markdown *.html *.htm *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>文档库</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Find in chats</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>显示侧栏</translation>
    </message>
    <message>
        <source>Show the library</source>
        <translation>显示文档库</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>PdfFile</name>
    <message>
        <source>%1 is now encrypted.</source>
        <translation>%1 现在已加密。</translation>
    </message>
    <message>
        <source>Open it in its own application, which asks for the password.</source>
        <translation>请在其自己的应用程序中打开，它会询问密码。</translation>
    </message>
    <message>
        <source>%1 can no longer be opened as a PDF.</source>
        <translation>%1 已无法作为 PDF 打开。</translation>
    </message>
    <message>
        <source>Try it in its own application, and save it again there.</source>
        <translation>请在其自己的应用程序中尝试打开并重新保存。</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>The document&apos;s pages</source>
        <translation>文档页面</translation>
    </message>
</context>
<context>
    <name>SidebarEntry</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
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
        <translation>来源 %1：%2</translation>
    </message>
    <message>
        <source>Previous source</source>
        <translation>上一个来源</translation>
    </message>
    <message>
        <source>Previous source (Alt+Left)</source>
        <translation>上一个来源 (Alt+左)</translation>
    </message>
    <message>
        <source>Next source</source>
        <translation>下一个来源</translation>
    </message>
    <message>
        <source>Next source (Alt+Right)</source>
        <translation>下一个来源 (Alt+右)</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>关闭来源</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Smaller (Ctrl+-)</source>
        <translation>缩小 (Ctrl+-)</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Size %1, back to the beginning</source>
        <translation>大小 %1，恢复初始</translation>
    </message>
    <message>
        <source>Fit (Ctrl+0)</source>
        <translation>适合窗口 (Ctrl+0)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Larger (Ctrl++)</source>
        <translation>放大 (Ctrl++)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
</context>
<context>
    <name>SourceItem</name>
    <message>
        <source>Source %1</source>
        <translation>来源 %1</translation>
    </message>
    <message>
        <source>Folds the passage</source>
        <translation>收起段落</translation>
    </message>
    <message>
        <source>Unfolds the passage</source>
        <translation>展开段落</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>Passage %1</source>
        <translation>段落 %1</translation>
    </message>
    <message>
        <source>Show in the document</source>
        <translation>在文档中显示</translation>
    </message>
    <message>
        <source>Show in %1</source>
        <translation>在 %1 中显示</translation>
    </message>
</context>
<context>
    <name>SourcePane</name>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>The document is being opened</source>
        <translation>正在打开文档</translation>
    </message>
    <message>
        <source>Open in its application</source>
        <translation>用默认应用程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>SourcePlace</name>
    <message>
        <source>%1 is no longer there: it was moved, renamed or deleted.</source>
        <translation>%1 已不存在：可能被移动、重命名或删除。</translation>
    </message>
    <message>
        <source>Bring the documents up to date to find it where it is now.</source>
        <translation>更新文档即可找到它现在的位置。</translation>
    </message>
    <message>
        <source>%1 can no longer be read.</source>
        <translation>%1 已无法读取。</translation>
    </message>
    <message>
        <source>Give yourself the right to read it, then try again.</source>
        <translation>请为自己授予读取权限后重试。</translation>
    </message>
</context>
<context>
    <name>SourceProblem</name>
    <message>
        <source>Reading documents…</source>
        <translation>正在读取文档…</translation>
    </message>
    <message>
        <source>Read the documents again</source>
        <translation>重新读取文档</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The passage as it was read</source>
        <translation>读取时的段落</translation>
    </message>
    <message>
        <source>Passage %1</source>
        <translation>段落 %1</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Ask your documents</source>
        <translation>向您的文档提问</translation>
    </message>
    <message>
        <source>Reading your documents</source>
        <translation>正在读取您的文档</translation>
    </message>
    <message>
        <source>Nothing to ask about yet</source>
        <translation>还没有可提问的内容</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>将文件夹拖到此处</translation>
    </message>
    <message>
        <source>Answers come with the passages they rest on.</source>
        <translation>回答会附上所依据的段落。</translation>
    </message>
    <message>
        <source>Each file can be asked about as soon as it is done.</source>
        <translation>每个文件读取完成后即可提问。</translation>
    </message>
    <message>
        <source>PDF, HTML, Markdown and plain text. Everything stays on this machine.</source>
        <translation>PDF、HTML、Markdown 和纯文本。一切都保留在本机。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>No text was found in what you added. The library says why; add others to go on.</source>
        <translation>您添加的内容中没有找到文本。文档库会说明原因；请添加其他文档以继续。</translation>
    </message>
</context>
<context>
    <name>TextBlockItem</name>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>The document&apos;s text</source>
        <translation>文档文本</translation>
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
        <translation>新对话</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>WhyAnswer</name>
    <message>
        <source>Passages, by how near their meaning and their words come to the question</source>
        <translation>段落，按其含义和用词与问题的接近程度排列</translation>
    </message>
    <message>
        <source>Found, and left out</source>
        <translation>已找到但未采用</translation>
    </message>
    <message>
        <source>Time to the first word</source>
        <translation>首字时间</translation>
    </message>
    <message>
        <source>The passages&apos; tokens</source>
        <translation>段落的词元</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>按存储原样</translation>
    </message>
    <message>
        <source>as stored, corrected</source>
        <translation>按存储并校正</translation>
    </message>
    <message>
        <source>recomputed</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>Passage %1, %2</source>
        <translation>段落 %1，%2</translation>
    </message>
    <message>
        <source>The prompt, word for word</source>
        <translation>提示词原文</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>%1 (rank %2)</source>
        <translation>%1（第 %2 位）</translation>
    </message>
    <message>
        <source>meaning %1 · words %2 · together %3</source>
        <translation>含义 %1 · 用词 %2 · 综合 %3</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Fuse</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>%1 as stored</source>
        <translation>%1 个按存储原样</translation>
    </message>
    <message>
        <source>%1 as stored, corrected</source>
        <translation>%1 个按存储并校正</translation>
    </message>
    <message>
        <source>%1 recomputed</source>
        <translation>%1 个重新计算</translation>
    </message>
    <message>
        <source>%1 tokens: %2</source>
        <translation>%1 个词元：%2</translation>
    </message>
    <message>
        <source>from an earlier question</source>
        <translation>来自之前的问题</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
</context>
<context>
    <name>WhyPassages</name>
    <message>
        <source>Source %1</source>
        <translation>来源 %1</translation>
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
        <translation>本次回答</translation>
    </message>
    <message>
        <source>This answer: %1</source>
        <translation>本次回答：%1</translation>
    </message>
    <message>
        <source>A full read</source>
        <translation>完整阅读</translation>
    </message>
    <message>
        <source>A full read: %1</source>
        <translation>完整阅读：%1</translation>
    </message>
</context>
<context>
    <name>lectern::AssistantController</name>
    <message>
        <source>%1 is no longer there. It was moved, renamed or deleted.</source>
        <translation>%1 已不存在。它被移动、重命名或删除了。</translation>
    </message>
    <message>
        <source>No application opened %1. Choose one for this kind of file in the system settings.</source>
        <translation>没有应用程序打开 %1。请在系统设置中为此类文件选择一个。</translation>
    </message>
    <message>
        <source>The conversation could not be prepared for the next question. %1</source>
        <translation>无法为下一个问题准备对话。%1</translation>
    </message>
    <message>
        <source>How near the model&apos;s quick answers come to a full read could not be measured. %1</source>
        <translation>无法测量模型的快速回答与完整阅读的接近程度。%1</translation>
    </message>
    <message>
        <source>Passages could not be prepared ahead of questions. %1</source>
        <translation>无法提前准备段落。%1</translation>
    </message>
</context>
<context>
    <name>lectern::ChatListModel</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
</context>
<context>
    <name>lectern::ChatsController</name>
    <message>
        <source>Chats are not kept when the window closes. %1</source>
        <translation>关闭窗口后对话不会保留。%1</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>lectern::FileStatusModel</name>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryController</name>
    <message>
        <source>not reachable; kept as it was</source>
        <translation>无法访问；保持原样</translation>
    </message>
    <message>
        <source>Looking for documents…</source>
        <translation>正在查找文档…</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 / %2 个文件</translation>
    </message>
    <message>
        <source>%1 · %2 s left</source>
        <translation>%1 · 剩余 %2 秒</translation>
    </message>
    <message>
        <source>%1 · %2 min left</source>
        <translation>%1 · 剩余 %2 分钟</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 is not a file on this machine. Save it here first, then drop it.</source>
        <translation>%1 不是本机上的文件。请先保存到本机，再拖放。</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 个文档</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 个文档</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 个段落</translation>
    </message>
</context>
<context>
    <name>lectern::SourceReader</name>
    <message>
        <source>%1 has changed since it was read, and this passage is no longer in it.</source>
        <translation>%1 在读取后已更改，此段落已不在其中。</translation>
    </message>
    <message>
        <source>The place of this passage in %1 could not be found.</source>
        <translation>无法在 %1 中找到此段落的位置。</translation>
    </message>
</context>
</TS>
