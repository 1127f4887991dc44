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
    <name>Amounts</name>
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
    <message>
        <source>about %1 s</source>
        <translation>约 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>约 %1 分钟</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>约 %1 小时</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copy the answer with its sources, as Markdown</source>
        <translation>以 Markdown 复制回答及其来源</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy the answer as plain text</source>
        <translation>以纯文本复制回答</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次提问</translation>
    </message>
    <message>
        <source>Ask the same question again</source>
        <translation>再次提出同一问题</translation>
    </message>
</context>
<context>
    <name>AnswerArea</name>
    <message>
        <source>Heading: %1</source>
        <translation>标题：%1</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>AnswerBlock</name>
    <message>
        <source>Rule</source>
        <translation>分隔线</translation>
    </message>
</context>
<context>
    <name>AnswerCode</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
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
        <source>Searched for: %1</source>
        <translation>搜索内容：%1</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
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
    <message>
        <source>Models</source>
        <translation>模型</translation>
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
        <source>Enter asks · Shift+Enter breaks the line · @ narrows to a folder or file · ↑ edits the last question</source>
        <translation>Enter 提问 · Shift+Enter 换行 · @ 限定到文件夹或文件 · ↑ 编辑上一个问题</translation>
    </message>
    <message>
        <source>Enter asks the edited question in place of what stands there · Esc leaves it as it was</source>
        <translation>Enter 用编辑后的问题替换原问题 · Esc 保持不变</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DataPlace</name>
    <message>
        <source>Where your data is to lie</source>
        <translation>您的数据存放位置</translation>
    </message>
    <message>
        <source>Move your data?</source>
        <translation>移动您的数据？</translation>
    </message>
    <message>
        <source>Move and start again</source>
        <translation>移动并重新启动</translation>
    </message>
    <message>
        <source>Delete all data?</source>
        <translation>删除所有数据？</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This goes, and cannot be brought back:</source>
        <translation>以下内容将被删除且无法恢复：</translation>
    </message>
    <message>
        <source>Your documents stay as they are. Lectern starts again for it, and then ends.</source>
        <translation>您的文档保持不变。Lectern 会为此重新启动，然后退出。</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>您的数据</translation>
    </message>
    <message>
        <source>Your data lies in %1</source>
        <translation>您的数据位于 %1</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Move your data</source>
        <translation>移动您的数据</translation>
    </message>
    <message>
        <source>Delete all data…</source>
        <translation>删除所有数据…</translation>
    </message>
</context>
<context>
    <name>DataWorkWindow</name>
    <message>
        <source>Moving your data</source>
        <translation>正在移动您的数据</translation>
    </message>
    <message>
        <source>Deleting your data</source>
        <translation>正在删除您的数据</translation>
    </message>
    <message>
        <source>All data was deleted.</source>
        <translation>所有数据已删除。</translation>
    </message>
    <message>
        <source>Putting things back…</source>
        <translation>正在还原…</translation>
    </message>
    <message>
        <source>Leave the data where it is</source>
        <translation>数据保留在原处</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DocumentItem</name>
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
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>DropCard</name>
    <message>
        <source>Skipped: %1.</source>
        <translation>已跳过：%1。</translation>
    </message>
    <message>
        <source>Start reading</source>
        <translation>开始读取</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Do not add</source>
        <translation>不添加</translation>
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
        <translation>纯文本</translation>
    </message>
    <message>
        <source>without an extension</source>
        <translation>无扩展名</translation>
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
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>What can be done with %1</source>
        <translation>%1 的操作</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>First in line</source>
        <translation>优先处理</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
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
    <name>HubSearch</name>
    <message>
        <source>Other models are looked for on %1. What you type here is sent there, and nothing else.</source>
        <translation>其他模型在 %1 上查找。只有您在此输入的内容会发送到那里。</translation>
    </message>
    <message>
        <source>Name of a model, such as Qwen3 4B</source>
        <translation>模型名称，例如 Qwen3 4B</translation>
    </message>
    <message>
        <source>Search for models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files of %1</source>
        <translation>%1 的文件</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>下载 %1</translation>
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
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>What was not read yet is left out; what was read stays</source>
        <translation>尚未读取的将被忽略；已读取的保留</translation>
    </message>
    <message>
        <source>Give up indexing: what was not read yet is left out</source>
        <translation>放弃读取：尚未读取的将被忽略</translation>
    </message>
</context>
<context>
    <name>KvMeter</name>
    <message>
        <source>Disk for instant answers (KV)</source>
        <translation>即时回答占用的磁盘 (KV)</translation>
    </message>
    <message>
        <source>Disk for instant answers: %1</source>
        <translation>即时回答占用的磁盘：%1</translation>
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
        <source>Find documents by name or folder</source>
        <translation>按名称或文件夹查找文档</translation>
    </message>
    <message>
        <source>Needs attention (%1)</source>
        <translation>需要处理 (%1)</translation>
    </message>
    <message>
        <source>No document is like this.</source>
        <translation>没有符合条件的文档。</translation>
    </message>
</context>
<context>
    <name>LinkNotice</name>
    <message>
        <source>This link leads out of Lectern</source>
        <translation>此链接将离开 Lectern</translation>
    </message>
    <message>
        <source>It leads to %1</source>
        <translation>它指向 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
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
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show the models</source>
        <translation>显示模型</translation>
    </message>
    <message>
        <source>Show the settings</source>
        <translation>显示设置</translation>
    </message>
</context>
<context>
    <name>ModelItem</name>
    <message>
        <source>%1, answers now</source>
        <translation>%1，当前用于回答</translation>
    </message>
    <message>
        <source>%1 %2 %3 %4 %5</source>
        <translation>%1 %2 %3 %4 %5</translation>
    </message>
    <message>
        <source>Answers now</source>
        <translation>当前使用</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>%1 的进度</translation>
    </message>
    <message>
        <source>Answer with it</source>
        <translation>用它回答</translation>
    </message>
    <message>
        <source>Answer with %1</source>
        <translation>用 %1 回答</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Go on downloading %1</source>
        <translation>继续下载 %1</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>下载 %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause downloading %1</source>
        <translation>暂停下载 %1</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Give up downloading %1</source>
        <translation>放弃下载 %1</translation>
    </message>
    <message>
        <source>What came of it is thrown away</source>
        <translation>已下载的部分将被丢弃</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop what is done with %1</source>
        <translation>停止对 %1 的操作</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measure the speed of %1</source>
        <translation>测量 %1 的速度</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Compare %1 with its checksum</source>
        <translation>用校验和核对 %1</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Removing it frees %1 of disk.</source>
        <translation>移除可释放 %1 磁盘空间。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1 now</source>
        <translation>立即移除 %1</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelOffer</name>
    <message>
        <source>A model is offered</source>
        <translation>推荐模型</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download the model that is offered</source>
        <translation>下载推荐的模型</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import a model from a file</source>
        <translation>从文件导入模型</translation>
    </message>
    <message>
        <source>A GGUF file; it may also be dropped on the window</source>
        <translation>GGUF 文件；也可以拖到窗口上</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Search for others</source>
        <translation>搜索其他模型</translation>
    </message>
    <message>
        <source>Network accesses</source>
        <translation>网络访问</translation>
    </message>
</context>
<context>
    <name>NetworkLogList</name>
    <message>
        <source>Network accesses</source>
        <translation>网络访问</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>There was no access to the network. Lectern makes one only to download a model or to search for one.</source>
        <translation>没有访问过网络。Lectern 仅在下载或搜索模型时访问网络。</translation>
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
    <name>QuestionItem</name>
    <message>
        <source>You asked: %1</source>
        <translation>您的提问：%1</translation>
    </message>
    <message>
        <source>Only in %1</source>
        <translation>仅在 %1 中</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the question and ask it again</source>
        <translation>编辑问题并重新提问</translation>
    </message>
    <message>
        <source>Edit the question and ask it again; what stands behind it is taken back</source>
        <translation>编辑问题并重新提问；其后的内容将被撤回</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>复制问题</translation>
    </message>
</context>
<context>
    <name>RemovalCard</name>
    <message>
        <source>Remove %1 from the library?</source>
        <translation>从文档库中移除 %1？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
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
        <translation>仅在 %1 中</translation>
    </message>
    <message>
        <source>Removes it: the question is searched elsewhere, too</source>
        <translation>移除它：问题也会在其他地方搜索</translation>
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
        <translation>没有名称包含此内容的文件夹或文档</translation>
    </message>
    <message>
        <source>Folders and documents to search in</source>
        <translation>要搜索的文件夹和文档</translation>
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
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>SettingItem</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset to %1</source>
        <translation>重置为 %1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light or dark, or as the system has it.</source>
        <translation>浅色或深色，或跟随系统。</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Of all text in the window, against the system&apos;s font.</source>
        <translation>窗口中所有文字相对于系统字体的大小。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the window.</source>
        <translation>窗口的语言。</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Whether panes slide and buttons glide, or are simply there.</source>
        <translation>面板和按钮是滑动出现还是直接显示。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answering model</source>
        <translation>回答模型</translation>
    </message>
    <message>
        <source>Which of the installed models answers; the best one is the largest that this machine has the memory for.</source>
        <translation>由哪个已安装的模型回答；最好的是本机内存所能容纳的最大模型。</translation>
    </message>
    <message>
        <source>The best that fits</source>
        <translation>最合适的</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>How near an answer comes to a full reading of its passages: fast recomputes least, exact reads everything again.</source>
        <translation>回答与完整阅读段落的接近程度：快速重新计算最少，精确则全部重读。</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>At 0 every word is the likeliest one; the higher, the more freely it is chosen.</source>
        <translation>为 0 时每个词都取最可能的；越高则选择越自由。</translation>
    </message>
    <message>
        <source>Passages per question</source>
        <translation>每个问题的段落数</translation>
    </message>
    <message>
        <source>How many passages of your documents are read for a question.</source>
        <translation>每个问题会阅读文档中的多少个段落。</translation>
    </message>
    <message>
        <source>Length of answers</source>
        <translation>回答长度</translation>
    </message>
    <message>
        <source>Where an answer ends at the latest; a token is about three quarters of a word.</source>
        <translation>回答最迟结束之处；一个词元约为四分之三个英文单词。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>How much of a conversation, with its passages, the model keeps in mind. Longer takes more memory.</source>
        <translation>模型能记住多少对话及其段落。越长占用内存越多。</translation>
    </message>
    <message>
        <source>As much as fits</source>
        <translation>尽可能多</translation>
    </message>
    <message>
        <source>Prepared passages</source>
        <translation>预先准备的段落</translation>
    </message>
    <message>
        <source>Prepare passages</source>
        <translation>准备段落</translation>
    </message>
    <message>
        <source>When passages are computed ahead, so that answers start sooner: all right after reading, while nobody asks, or with the first question that needs them.</source>
        <translation>何时预先计算段落以便更快回答：读取后立即全部、空闲时，或首个需要它们的问题时。</translation>
    </message>
    <message>
        <source>All now</source>
        <translation>立即全部</translation>
    </message>
    <message>
        <source>When idle</source>
        <translation>空闲时</translation>
    </message>
    <message>
        <source>On first use</source>
        <translation>首次使用时</translation>
    </message>
    <message>
        <source>Disk for prepared passages</source>
        <translation>准备段落占用的磁盘</translation>
    </message>
    <message>
        <source>They never take more than this; what is used least goes first.</source>
        <translation>永远不会超过此值；最少使用的先被清除。</translation>
    </message>
    <message>
        <source>A tenth of the free disk</source>
        <translation>可用磁盘的十分之一</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>Precision of prepared passages</source>
        <translation>准备段落的精度</translation>
    </message>
    <message>
        <source>In which numbers they are kept from now on: smaller ones take less disk, f16 is closest to what was computed.</source>
        <translation>今后以何种数值保存：越小占用磁盘越少，f16 最接近计算结果。</translation>
    </message>
    <message>
        <source>4 bit</source>
        <translation>4 位</translation>
    </message>
    <message>
        <source>8 and 4 bit</source>
        <translation>8 位和 4 位</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>How many threads answer; fewer leave more to other programs.</source>
        <translation>用多少线程回答；越少则留给其他程序越多。</translation>
    </message>
    <message>
        <source>Chosen for this machine</source>
        <translation>按本机选择</translation>
    </message>
    <message>
        <source>Work ahead on battery</source>
        <translation>使用电池时预先工作</translation>
    </message>
    <message>
        <source>Whether conversations are repaired and models measured while the machine runs on its battery.</source>
        <translation>使用电池时是否修复对话和测量模型。</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>保持离线</translation>
    </message>
    <message>
        <source>Nothing is fetched from any network, whatever is asked for.</source>
        <translation>无论请求什么，都不从任何网络获取内容。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Through which machine downloads go: system, none, or a URL such as http://proxy.example:3128.</source>
        <translation>下载经由哪台机器：system、none，或如 http://proxy.example:3128 的 URL。</translation>
    </message>
    <message>
        <source>system</source>
        <translation>system</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Expert settings</source>
        <translation>专家设置</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>没有包含这些词的设置。</translation>
    </message>
    <message>
        <source>Network accesses</source>
        <translation>网络访问</translation>
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
    <name>SourcePreview</name>
    <message>
        <source>Leads to</source>
        <translation>指向</translation>
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
    <message>
        <source>The question leans on the one before. Searched for: %1</source>
        <translation>此问题依赖前一个问题。搜索内容：%1</translation>
    </message>
    <message>
        <source>Put in other words</source>
        <translation>改写</translation>
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
    <message>
        <source>No application opened %1. Copy the link and open it yourself.</source>
        <translation>没有应用程序打开 %1。请复制链接并自行打开。</translation>
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
    <name>lectern::ConversationModel</name>
    <message>
        <source>Of what stands above, the model has only the words: the passages left its context.</source>
        <translation>上文中模型只保留了文字：段落已离开其上下文。</translation>
    </message>
    <message>
        <source>What stands above has left the model&apos;s context.</source>
        <translation>上文已离开模型的上下文。</translation>
    </message>
</context>
<context>
    <name>lectern::DataController</name>
    <message>
        <source>Texts of your documents</source>
        <translation>文档文本</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Prepared passages</source>
        <translation>预先准备的段落</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>No file manager opened %1.</source>
        <translation>没有文件管理器打开 %1。</translation>
    </message>
    <message>
        <source>%1 will be copied to %2, compared, and then removed from %3. %4 are free there. Lectern starts again for it.</source>
        <translation>%1 将复制到 %2，核对后从 %3 删除。那里有 %4 可用。Lectern 会为此重新启动。</translation>
    </message>
</context>
<context>
    <name>lectern::DataWorkController</name>
    <message>
        <source>Looking at the files…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
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
</context>
<context>
    <name>lectern::DropPreviewController</name>
    <message>
        <source>%1 others</source>
        <translation>%1 个其他</translation>
    </message>
    <message>
        <source>Looking at what was dropped…</source>
        <translation>正在查看拖入的内容…</translation>
    </message>
    <message>
        <source>Nothing here to read</source>
        <translation>这里没有可读取的内容</translation>
    </message>
    <message>
        <source>Read %1?</source>
        <translation>读取 %1？</translation>
    </message>
    <message>
        <source>already read: %1</source>
        <translation>已读取：%1</translation>
    </message>
    <message>
        <source>kinds that are not read: %1</source>
        <translation>不支持的类型：%1</translation>
    </message>
    <message>
        <source>empty: %1</source>
        <translation>空文件：%1</translation>
    </message>
    <message>
        <source>too large: %1</source>
        <translation>过大：%1</translation>
    </message>
    <message>
        <source>hidden or temporary: %1</source>
        <translation>隐藏或临时：%1</translation>
    </message>
    <message>
        <source>folders that may not be listed: %1</source>
        <translation>无法列出的文件夹：%1</translation>
    </message>
    <message>
        <source>not there: %1</source>
        <translation>不存在：%1</translation>
    </message>
    <message>
        <source>How long reading takes is not known yet: nothing was read on this machine before.</source>
        <translation>尚不知道读取需要多久：此前没有在本机读取过。</translation>
    </message>
    <message>
        <source>Reading takes %1, as fast as it went here before.</source>
        <translation>按此前在本机的速度，读取需要%1。</translation>
    </message>
    <message>
        <source>%1 of %2 are used</source>
        <translation>已使用 %1，共 %2</translation>
    </message>
    <message>
        <source>Disk for instant answers: not known without a model; %1.</source>
        <translation>即时回答占用的磁盘：没有模型无法得知；%1。</translation>
    </message>
    <message>
        <source>Instant answers would take about %1 of disk. That is more than the budget has left (%2): what is asked about most is kept.</source>
        <translation>即时回答约需 %1 磁盘。超出预算剩余（%2）：会保留最常被问到的内容。</translation>
    </message>
    <message>
        <source>Instant answers take about %1 of disk; %2.</source>
        <translation>即时回答约需 %1 磁盘；%2。</translation>
    </message>
    <message>
        <source>%1 is not a file on this machine. Save it here first, then drop it.</source>
        <translation>%1 不是本机上的文件。请先保存到本机，再拖放。</translation>
    </message>
</context>
<context>
    <name>lectern::HubController</name>
    <message>
        <source>licence not stated</source>
        <translation>未注明许可</translation>
    </message>
    <message>
        <source>%1 downloads</source>
        <translation>%1 次下载</translation>
    </message>
    <message>
        <source>needs an account there</source>
        <translation>需要那里的账号</translation>
    </message>
    <message>
        <source>%1, more than this machine has memory</source>
        <translation>%1，超过本机内存</translation>
    </message>
    <message>
        <source>Nothing was found. Try fewer words, or the name of a model.</source>
        <translation>没有找到。请减少词数，或输入模型名称。</translation>
    </message>
    <message>
        <source>It has no GGUF file that is whole and has a checksum. Choose another one.</source>
        <translation>它没有完整且带校验和的 GGUF 文件。请选择其他模型。</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryController</name>
    <message>
        <source>Looking for documents…</source>
        <translation>正在查找文档…</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 / %2 个文件</translation>
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
        <source>%1 passages a second</source>
        <translation>每秒 %1 个段落</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
</context>
<context>
    <name>lectern::LibraryDetails</name>
    <message>
        <source>not reachable; kept as it was</source>
        <translation>无法访问；保持原样</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 个等待中</translation>
    </message>
    <message>
        <source>text %1 · vectors %2 · KV %3</source>
        <translation>文本 %1 · 向量 %2 · KV %3</translation>
    </message>
    <message>
        <source> · %1 waiting</source>
        <translation> · %1 个等待中</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>%1 · %2 % of what all passages will take (%3)</source>
        <translation>%1 · 为全部段落所需（%3）的 %2%</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>passages that changed or were not looked at yet: %1</source>
        <translation>已更改或尚未查看的段落：%1</translation>
    </message>
    <message>
        <source>This takes %1 out of the library and frees %2 of text, %3 of vectors and %4 of KV. The files themselves stay where they are.</source>
        <translation>这会从文档库中移除 %1，并释放 %2 文本、%3 向量和 %4 KV。文件本身保留在原处。</translation>
    </message>
</context>
<context>
    <name>lectern::ModelListModel</name>
    <message>
        <source>On this machine</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>可下载</translation>
    </message>
</context>
<context>
    <name>lectern::ModelsController</name>
    <message>
        <source>each when it is first used</source>
        <translation>各在首次使用时</translation>
    </message>
    <message>
        <source>while nothing else goes on</source>
        <translation>空闲时</translation>
    </message>
    <message>
        <source>%1 answers from the next question on.</source>
        <translation>从下一个问题起由 %1 回答。</translation>
    </message>
    <message>
        <source>%1 answers from the next question on. Documents and search stay as they are; up to %2 passages are prepared for it, %3. What was prepared for other models is kept as long as there is room.</source>
        <translation>从下一个问题起由 %1 回答。文档和搜索保持不变；最多为它准备 %2 个段落，%3。为其他模型准备的内容在空间允许时保留。</translation>
    </message>
    <message>
        <source>%1 was removed; %2 of disk are free again.</source>
        <translation>%1 已移除；释放了 %2 磁盘空间。</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>正在查看 %1…</translation>
    </message>
    <message>
        <source>Copying %1: %2 %</source>
        <translation>正在复制 %1：%2%</translation>
    </message>
    <message>
        <source>%1 is here; its speed is being measured.</source>
        <translation>%1 已就绪；正在测量其速度。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Comparing with its checksum: %1 %</source>
        <translation>正在核对校验和：%1%</translation>
    </message>
    <message>
        <source>It is exactly what its makers gave out.</source>
        <translation>与发布者提供的完全一致。</translation>
    </message>
    <message>
        <source>Measuring its speed: %1 %</source>
        <translation>正在测量速度：%1%</translation>
    </message>
    <message>
        <source>Nothing can be found in documents without %1 (%2): it comes along with the first model that is downloaded.</source>
        <translation>没有 %1（%2）就无法在文档中查找：它会随首个下载的模型一起提供。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>lectern::NetworkLogController</name>
    <message>
        <source> by way of %1</source>
        <translation> 经由 %1</translation>
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
        <translation>1 个文档</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 个文档</translation>
    </message>
</context>
<context>
    <name>lectern::SettingsController</name>
    <message>
        <source>There is no such setting.</source>
        <translation>没有这样的设置。</translation>
    </message>
    <message>
        <source>The settings could not be kept. %1</source>
        <translation>无法保存设置。%1</translation>
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
<context>
    <name>lectern::TurnsController</name>
    <message>
        <source>The question was taken back.</source>
        <translation>问题已撤回。</translation>
    </message>
    <message>
        <source>%1 questions were taken back.</source>
        <translation>已撤回 %1 个问题。</translation>
    </message>
    <message>
        <source>The same question would give the same answer: the temperature is 0. Edit the question, or raise the temperature.</source>
        <translation>同样的问题会得到同样的回答：温度为 0。请编辑问题或提高温度。</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>licence not stated</source>
        <translation>未注明许可</translation>
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
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>%1 内存</translation>
    </message>
    <message>
        <source>%1 of disk for 1,000 passages</source>
        <translation>每 1,000 个段落占 %1 磁盘</translation>
    </message>
    <message>
        <source>reads %1, writes %2 tokens a second, measured here</source>
        <translation>每秒读 %1、写 %2 个词元，在本机测得</translation>
    </message>
    <message>
        <source>not measured here; by another model&apos;s speed and its size, an estimate: reads %1, writes %2 tokens a second</source>
        <translation>未在本机测量；按另一模型的速度及其大小估计：每秒读 %1、写 %2 个词元</translation>
    </message>
    <message>
        <source>speed not measured here</source>
        <translation>速度未在本机测量</translation>
    </message>
    <message>
        <source>checking what is here</source>
        <translation>正在检查已有内容</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source> · %1 a second</source>
        <translation> · 每秒 %1</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · 剩余 %1</translation>
    </message>
    <message>
        <source>The best model for this machine is %1: %2; %3.</source>
        <translation>最适合本机的模型是 %1：%2；%3。</translation>
    </message>
</context>
</TS>
