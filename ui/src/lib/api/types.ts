// Generated from src-tauri/src/api.rs by `cargo xtask types`. Do not edit.

/**
 * What an edit does.
 */
export type Action = "rewrite" | "remove" | "move" | "insert";

/**
 * An answer to a [`Doubt`], and what it changes.
 */
export type Answer = { 
/**
 * What stands on the button: "Yes, an entry".
 */
label: string, 
/**
 * What is to be done.
 */
remedy: Remedy, };

/**
 * All that the window needs to draw itself after a load or a reload.
 */
export type AppState = { 
/**
 * Version of Tailorbird.
 */
version: string, 
/**
 * The settings.
 */
settings: Settings, 
/**
 * All providers, in the order in which they are offered.
 */
providers: Array<ProviderOffer>, 
/**
 * Whether there is a key for the chosen engine's provider. The key itself is never told.
 */
has_key: boolean, 
/**
 * Where that key is kept, or would be.
 */
keychain: Keychain, 
/**
 * The resume, once one was read.
 */
resume: ResumeRead | null, 
/**
 * The posting, once one was read.
 */
posting: PostingRead | null, };

/**
 * A correction as the page asks for it, by block id.
 */
export type Ask = { "do": "kind", 
/**
 * The block.
 */
block: BlockId, 
/**
 * The kind.
 */
kind: BlockKind, } | { "do": "text", 
/**
 * The block.
 */
block: BlockId, 
/**
 * The text; made one line.
 */
text: string, } | { "do": "join_next", 
/**
 * The block.
 */
block: BlockId, } | { "do": "join_above", 
/**
 * The block.
 */
block: BlockId, } | { "do": "split", 
/**
 * The block.
 */
block: BlockId, 
/**
 * Where the second begins, in bytes of the text.
 */
at: number, } | { "do": "up", 
/**
 * The block.
 */
block: BlockId, } | { "do": "down", 
/**
 * The block.
 */
block: BlockId, } | { "do": "delete", 
/**
 * The block.
 */
block: BlockId, } | { "do": "keep", 
/**
 * The block.
 */
block: BlockId, };

/**
 * One piece of a resume: a heading, an entry line, a bullet, a paragraph.
 */
export type Block = { 
/**
 * Stable name.
 */
id: BlockId, 
/**
 * What it is.
 */
kind: BlockKind, 
/**
 * The text of the section heading that it stands under, as written; `None` above the first heading.
 * A heading stands in its own section.
 */
section: string | null, 
/**
 * What that section is about; `None` above the first heading.
 */
section_kind: SectionKind | null, 
/**
 * The text: one line, normalised spaces, no bullet sign.
 */
text: string, 
/**
 * Where it came from.
 */
origin: Origin, };

/**
 * Names a block for as long as its resume lives: `b1`, `b2`, … in reading order as first read.
 * A block that an edit inserted is named after its edit, `n-e3`.
 */
export type BlockId = string;

/**
 * What a block is in the resume.
 */
export type BlockKind = "name" | "contact" | "section_heading" | "entry_heading" | "bullet" | "paragraph" | "skills_line" | "other";

/**
 * How a text that the user types would stand.
 */
export type Checked = { 
/**
 * The text as it would be kept: one line, spaces normalised. Findings count its bytes.
 */
text: string, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * Each claim without a source.
 */
findings: Array<Finding>, };

/**
 * A claim that the resume does not support.
 */
export type Claim = { 
/**
 * The very words.
 */
claim: string, 
/**
 * What the resume says instead, in one plain sentence; may be empty.
 */
reason: string, };

/**
 * What kind of claim it is.
 */
export type ClaimKind = "number" | "date" | "name" | "tool" | "scope" | "credential" | "evidence" | "outcome";

/**
 * What a test of the connection said.
 */
export type ConnectionTest = { 
/**
 * Whether all is well.
 */
well: boolean, 
/**
 * What was found, in plain words.
 */
told: string, 
/**
 * What to do, where something is wrong.
 */
hint: string, };

/**
 * What the user corrected in a reading.
 */
export type CorrectionsMade = { 
/**
 * How many corrections there are, also those that do not fit.
 */
made: number, 
/**
 * Blocks that were taken out.
 */
removed: Array<Removed>, 
/**
 * Corrections that do not fit what was read.
 */
misfits: Array<Misfit>, 
/**
 * What went wrong with keeping them, in one sentence.
 */
trouble: string | null, };

/**
 * What something costs.
 */
export type Cost = "free" | { "usd": number } | "unknown";

/**
 * Which keywords a resume names.
 */
export type Coverage = { 
/**
 * Keywords that stand in the resume.
 */
found: Array<string>, 
/**
 * Keywords that do not.
 */
missing: Array<string>, };

/**
 * What the user says of an edit.
 */
export type Decision = "accepted" | "rejected" | "open";

/**
 * What became of a run of words.
 */
export type DiffKind = "same" | "removed" | "added";

/**
 * A run of words with one fate.
 */
export type DiffPart = { 
/**
 * Its fate.
 */
kind: DiffKind, 
/**
 * The words, with the spaces between and behind them.
 */
text: string, };

/**
 * A question about a block. The user may leave it; nothing waits for the answer.
 */
export type Doubt = { 
/**
 * The block that is asked about.
 */
block: BlockId, 
/**
 * The question, in one or two plain sentences.
 */
question: string, 
/**
 * Two answers; the first one keeps what was read.
 */
answers: Array<Answer>, };

/**
 * Files dragged over the window. The shell keeps the paths; the page gets ids that it can hand back.
 */
export type Drag = { "type": "enter", 
/**
 * Their names, without folders.
 */
names: Array<string>, } | { "type": "leave" } | { "type": "drop", 
/**
 * Each file's opaque id and name.
 */
files: Array<DroppedFile>, };

/**
 * A file that was dropped.
 */
export type DroppedFile = { 
/**
 * Opaque; good for `read_drop` until the app ends.
 */
id: string, 
/**
 * Name without its folder.
 */
name: string, };

/**
 * One proposed change, with what it rests on and what it is for.
 */
export type Edit = { 
/**
 * Stable name within the run.
 */
id: EditId, 
/**
 * The blocks that support the new text.
 */
evidence: Array<Evidence>, 
/**
 * The id of the requirement of the posting that it serves (`r1`, …), where it serves one.
 */
requirement: string | null, 
/**
 * Why, in one sentence for the user.
 */
reason: string, } & ({ "action": "rewrite", 
/**
 * The block.
 */
block: BlockId, 
/**
 * Its new text.
 */
text: string, } | { "action": "remove", 
/**
 * The block.
 */
block: BlockId, } | { "action": "move", 
/**
 * The block.
 */
block: BlockId, 
/**
 * The block that it will follow.
 */
after: BlockId, } | { "action": "insert", 
/**
 * The block that the new one will follow.
 */
after: BlockId, 
/**
 * What the new block is.
 */
kind: BlockKind, 
/**
 * Its text.
 */
text: string, });

/**
 * Names an edit within its run: `e1`, `e2`, … in the order in which they were made.
 */
export type EditId = string;

/**
 * The edits of a run.
 */
export type Edits = { 
/**
 * The edits.
 */
edits: Array<Edit>, 
/**
 * How each stands by rule alone, in the same order.
 */
judgements: Array<Judgement>, };

/**
 * Whether the evidence says what an edit says.
 */
export type Entailment = "supported" | "overstated" | "unsupported";

/**
 * An error as the user is told.
 */
export type ErrorReport = { 
/**
 * Short and stable, for programs: `no_key`, `overloaded`, `truncated`, ….
 */
code: string, 
/**
 * What happened, and to what.
 */
message: string, 
/**
 * What to do now.
 */
hint: string, };

/**
 * What a run will take, about.
 */
export type Estimated = { 
/**
 * Tokens that are sent.
 */
input: number, 
/**
 * Tokens that are written.
 */
output: number, 
/**
 * What that costs.
 */
cost: Cost, 
/**
 * Whether that is above the limit of the settings.
 */
over_limit: boolean, };

/**
 * Stage 1: how well the resume fits the posting.
 */
export type Evaluation = { 
/**
 * What the posting asks for, most important first.
 */
requirements: Array<Requirement>, 
/**
 * How well the resume fits as it is, 0 to 100 points.
 */
match_score: number, 
/**
 * What speaks for the person, each in a few words.
 */
strengths: Array<string>, 
/**
 * What the resume does not show, each in a few words.
 */
gaps: Array<string>, 
/**
 * Two or three sentences to the person.
 */
overall_assessment: string, };

/**
 *What has come so far of a [`Evaluation`].
 */
export type EvaluationPartial = { 
/**
 * What the posting asks for, most important first.
 */
requirements?: Field<Array<Field<RequirementPartial>>>, 
/**
 * How well the resume fits as it is, 0 to 100 points.
 */
match_score?: Field<number>, 
/**
 * What speaks for the person, each in a few words.
 */
strengths?: Field<Array<Field<string>>>, 
/**
 * What the resume does not show, each in a few words.
 */
gaps?: Field<Array<Field<string>>>, 
/**
 * Two or three sentences to the person.
 */
overall_assessment?: Field<string>, };

/**
 * Something that happened in a run.
 */
export type Event = { 
/**
 * The run.
 */
run: RunId, 
/**
 * 0, 1, 2, … without a gap.
 */
seq: number, 
/**
 * How much of the whole run is done, 0 to 100. Never goes back.
 */
overall_progress: number, 
/**
 * How much of the current stage is done, 0 to 100. Never goes back within a stage.
 */
stage_progress: number, 
/**
 * The stage that is running, or ran last.
 */
current_stage: Stage, } & ({ "type": "started", 
/**
 * With what.
 */
details: Started, } | { "type": "stage_started", 
/**
 * In words.
 */
details: Message, } | { "type": "progress", 
/**
 * In words.
 */
details: Message, } | { "type": "partial", 
/**
 * What changed since the stage's last partial result.
 */
details: StagePatch, } | { "type": "spent", 
/**
 * What the run took so far. While an answer comes in, an estimate.
 */
details: Totals, } | { "type": "stage_finished", 
/**
 * Its result.
 */
details: StageFinished, } | { "type": "retry", 
/**
 * Why and when.
 */
details: Retrying, } | { "type": "finished", 
/**
 * What it took.
 */
details: Totals, 
/**
 * What came out.
 */
result: Tailored, } | { "type": "failed", 
/**
 * What it took so far.
 */
details: Totals, 
/**
 * What happened.
 */
error: ErrorReport, } | { "type": "cancelled", 
/**
 * What it took so far.
 */
details: Totals, });

/**
 * A block that an edit rests on.
 */
export type Evidence = { 
/**
 * The block.
 */
block: BlockId, 
/**
 * The very words in it, where they were named.
 */
quote: string | null, };

/**
 * What to export to.
 */
export type ExportFormat = "pdf" | "docx" | "markdown" | "text";

/**
 * A file that was written.
 */
export type Exported = { 
/**
 * Name without its folder.
 */
file_name: string, 
/**
 * Name of the folder that it is in, without what is above.
 */
folder: string, 
/**
 * Size in bytes.
 */
bytes: number, 
/**
 * Words that should be in it.
 */
words: number, 
/**
 * Words found in it, in order, when it was read back.
 */
words_found: number, };

/**
 * A field of a partial value.
 *
 * As JSON it is `{"writing": …}` or `{"done": …}`; an absent field has no key.
 */
export type Field<T> = { "writing": T } | { "done": T };

/**
 * One claim without a source.
 */
export type Finding = { 
/**
 * What kind of claim.
 */
kind: ClaimKind, 
/**
 * How bad: never [`Standing::Supported`].
 */
standing: Standing, 
/**
 * The very words, as they stand in the new text.
 */
claim: string, 
/**
 * Where they start in the new text, in bytes.
 */
start: number, 
/**
 * Where they end in the new text, in bytes.
 */
end: number, 
/**
 * One plain sentence for the user: what is claimed, what the resume says instead.
 */
reason: string, };

/**
 *What has come so far of a [`Implementation`].
 */
export type ImplementationPartial = { 
/**
 * The edits.
 */
edits?: Field<Array<Field<ProposedEditPartial>>>, };

/**
 * Whether a posting insists on a requirement.
 */
export type Importance = "must" | "nice";

/**
 * What an inserted block may be.
 */
export type InsertKind = "bullet" | "paragraph" | "skills_line";

/**
 * The verification joined with the truth check.
 */
export type Judged = { 
/**
 * What the model said.
 */
verification: Verification, 
/**
 * How each edit stands now, in the edits' order.
 */
judgements: Array<Judgement>, };

/**
 * How an edit stands: the truth check and the model's verdict, joined. The verdict can lower, never raise.
 */
export type Judgement = { 
/**
 * The edit.
 */
edit: EditId, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * Claims without a source, by rule.
 */
findings: Array<Finding>, 
/**
 * What the model said, once it did.
 */
verdict: Verdict | null, 
/**
 * One plain sentence for the user.
 */
reason: string, };

/**
 * Where keys are kept.
 */
export type Keychain = "system" | "session" | "environment";

/**
 * A word of the posting that a recruiter or a machine will look for.
 */
export type Keyword = { 
/**
 * The word or the words, as the posting spells them.
 */
term: string, 
/**
 * Whether the person can honestly claim it.
 */
claimable: boolean, 
/**
 * The ids of the blocks that support the claim; empty when not claimable.
 */
evidence: Array<string>, };

/**
 *What has come so far of a [`Keyword`].
 */
export type KeywordPartial = { 
/**
 * The word or the words, as the posting spells them.
 */
term?: Field<string>, 
/**
 * Whether the person can honestly claim it.
 */
claimable?: Field<boolean>, 
/**
 * The ids of the blocks that support the claim; empty when not claimable.
 */
evidence?: Field<Array<Field<string>>>, };

/**
 * What a line of a posting looks like.
 */
export type LineForm = "heading" | "item" | "sentence";

/**
 * A model server that runs on this computer.
 */
export type LocalServer = { 
/**
 * The id of its provider.
 */
provider: string, 
/**
 * What it is called: "Ollama".
 */
name: string, 
/**
 * How many models it has.
 */
models: number, };

/**
 * A line for the user.
 */
export type Message = { 
/**
 * What is going on, in plain words.
 */
message: string, };

/**
 * What a resume shows of a requirement.
 */
export type Met = "met" | "partial" | "missing";

/**
 * A correction that does not fit what was read.
 */
export type Misfit = { 
/**
 * Place of the correction among all, from 0.
 */
correction: number, 
/**
 * What it was to do, in one plain sentence for the user.
 */
told: string, };

/**
 * A model that a provider offers.
 */
export type ModelOffer = { 
/**
 * As the provider spells it.
 */
id: string, 
/**
 * What it costs, in words: "$2.00 in, $10.00 out for a million tokens"; `None` where that is not known.
 */
price: string | null, };

/**
 * One change of one field.
 *
 * First `set`, then `add`, then `done`, as far as each is there. As JSON: `{"at": ["edits", 3, "text"], "add":
 * "Moved 19", "done": true}`.
 */
export type Op = { 
/**
 * The way to the field from the whole: names of members, and places in lists, counted from 0. The whole itself
 * has the empty way. A place one behind the last of a list is a new item.
 */
at: Array<Place>, 
/**
 * The field is now this, whatever it was: `{"writing": …}` or `{"done": …}`.
 */
set?: unknown, 
/**
 * The field's text goes on with this.
 */
add?: string, 
/**
 * What the field holds is whole now.
 */
done?: boolean, };

/**
 * Where in the user's own file a block came from, so that it can be found again.
 */
export type Origin = { "in": "nowhere" } | { "in": "lines", 
/**
 * First line.
 */
first: number, 
/**
 * Last line.
 */
last: number, } | { "in": "paragraphs", 
/**
 * Name of the part, `word/document.xml`.
 */
part: string, 
/**
 * First paragraph.
 */
first: number, 
/**
 * Last paragraph.
 */
last: number, } | { "in": "page", 
/**
 * Page, counted from 1.
 */
page: number, 
/**
 * Left edge.
 */
x: number, 
/**
 * Top edge.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

/**
 * What the original looks like.
 */
export type Original = { "kind": "pages", 
/**
 * The size of each page, at most [`crate::MAX_PAGES`].
 */
pages: Array<PageSize>, 
/**
 * How many pages the file has.
 */
of: number, } | { "kind": "html", 
/**
 * The fragment.
 */
html: string, };

/**
 * The size of a page as it is shown.
 */
export type PageSize = { 
/**
 * Points, 1/72 inch.
 */
width: number, 
/**
 * Points, 1/72 inch.
 */
height: number, };

/**
 * What changed since the patch before. Its ops belong together: between them the value is not one to show.
 */
export type Patch = Array<Op>;

/**
 * A step on the way to a field.
 */
export type Place = number | string;

/**
 * Stage 2: what should change.
 */
export type Plan = { 
/**
 * The idea behind the changes, two or three sentences.
 */
strategy: string, 
/**
 * The changes, in the order in which they will be made.
 */
changes: Array<PlannedChange>, 
/**
 * The posting's keywords.
 */
keywords: Array<Keyword>, };

/**
 *What has come so far of a [`Plan`].
 */
export type PlanPartial = { 
/**
 * The idea behind the changes, two or three sentences.
 */
strategy?: Field<string>, 
/**
 * The changes, in the order in which they will be made.
 */
changes?: Field<Array<Field<PlannedChangePartial>>>, 
/**
 * The posting's keywords.
 */
keywords?: Field<Array<Field<KeywordPartial>>>, };

/**
 * One change that is planned.
 */
export type PlannedChange = { 
/**
 * The ids of the blocks that it touches.
 */
blocks: Array<string>, 
/**
 * What will be done.
 */
action: Action, 
/**
 * What it is to achieve, one sentence.
 */
intent: string, 
/**
 * The ids of the requirements that it serves.
 */
requirements: Array<string>, };

/**
 *What has come so far of a [`PlannedChange`].
 */
export type PlannedChangePartial = { 
/**
 * The ids of the blocks that it touches.
 */
blocks?: Field<Array<Field<string>>>, 
/**
 * What will be done.
 */
action?: Field<Action>, 
/**
 * What it is to achieve, one sentence.
 */
intent?: Field<string>, 
/**
 * The ids of the requirements that it serves.
 */
requirements?: Field<Array<Field<string>>>, };

/**
 * A job posting as read from a file, a page or the clipboard.
 */
export type Posting = { 
/**
 * Title of the job, where it could be told.
 */
title: string | null, 
/**
 * The employer, where it could be told.
 */
employer: string | null, 
/**
 * The place, where it could be told.
 */
location: string | null, 
/**
 * The language that most of the text is in, as ISO 639-1, where it could be told.
 */
language: string | null, 
/**
 * The text as Markdown: headings as `#`, list items as `- `, one a line; menus, forms and comments left out.
 */
text: string, 
/**
 * The text in its order, line by line, each with what it is. Empty where nobody told them apart yet.
 */
lines: Array<PostingLine>, 
/**
 * What the reader was not sure of, in plain sentences for the user.
 */
warnings: Array<string>, };

/**
 * A line of a posting, and what it is.
 */
export type PostingLine = { 
/**
 * What it is about. A heading has the part that it announces.
 */
part: PostingPart, 
/**
 * What it looks like.
 */
form: LineForm, 
/**
 * Its text, on one line.
 */
text: string, };

/**
 * What a line of a posting is about.
 */
export type PostingPart = "must" | "nice" | "task" | "benefit" | "company" | "legal" | "application" | "page" | "instruction" | "other";

/**
 * A posting that was read.
 */
export type PostingRead = { 
/**
 * Name of the file without its folder; `None` when pasted.
 */
file_name: string | null, 
/**
 * What was read.
 */
posting: Posting, };

/**
 *What has come so far of a [`ProposedEdit`].
 */
export type ProposedEditPartial = { 
/**
 * What it does.
 */
action?: Field<Action>, 
/**
 * The id of the block to rewrite, remove or move; for an insertion, the block that the new one follows.
 */
block?: Field<string>, 
/**
 * For a move: the id of the block that it will follow; else null.
 */
after?: Field<string | null>, 
/**
 * For an insertion: what the new block is; else null.
 */
kind?: Field<InsertKind | null>, 
/**
 * For a rewrite or an insertion: the whole new text of the block; else null.
 */
text?: Field<string | null>, 
/**
 * The blocks that support the new text, with the words that do.
 */
evidence?: Field<Array<Field<QuotePartial>>>, 
/**
 * The id of the requirement that it serves, or null.
 */
requirement?: Field<string | null>, 
/**
 * Why, in one sentence to the person.
 */
reason?: Field<string>, };

/**
 * What was chosen for one provider.
 */
export type ProviderChoice = { 
/**
 * The model, as the provider spells it; may be empty while none was chosen.
 */
model: string, 
/**
 * Where it is; `None` is its own address. For gateways, other ports, other computers.
 */
base_url: string | null, };

/**
 * A provider as the settings offer it.
 */
export type ProviderOffer = { 
/**
 * Short and stable.
 */
id: string, 
/**
 * The name for people.
 */
name: string, 
/**
 * Whether it runs on this computer.
 */
local: boolean, 
/**
 * Whether it answers nobody without a key.
 */
needs_key: boolean, 
/**
 * The environment variable that a key is taken from where none is kept.
 */
key_variable: string | null, 
/**
 * The page where one gets a key, to be read and typed; the window opens no pages.
 */
key_page: string | null, 
/**
 * Its own address; `None` where the user has to say.
 */
home: string | null, 
/**
 * The model to begin with.
 */
default_model: string | null, };

/**
 *What has come so far of a [`Quote`].
 */
export type QuotePartial = { 
/**
 * The id of the block.
 */
block?: Field<string>, 
/**
 * The very words in it.
 */
quote?: Field<string>, };

/**
 * What a dropped file turned out to hold.
 */
export type Read = { "resume": ResumeRead } | { "posting": PostingRead };

/**
 * What an answer changes in the block that was asked about.
 */
export type Remedy = { "do": "keep" } | { "do": "kind", 
/**
 * The right kind.
 */
kind: BlockKind, } | { "do": "join_above" } | { "do": "split", 
/**
 * Byte of the text, at the beginning of a word.
 */
at: number, } | { "do": "delete" };

/**
 * A block that a correction took out.
 */
export type Removed = { 
/**
 * Place of the correction among all, from 0: without it the block is back.
 */
correction: number, 
/**
 * Its kind.
 */
kind: BlockKind, 
/**
 * Its text.
 */
text: string, };

/**
 * One thing that the posting asks for.
 */
export type Requirement = { 
/**
 * `r1`, `r2`, … in this list's order.
 */
id: string, 
/**
 * The requirement in the posting's words, shortened to one line.
 */
text: string, 
/**
 * Whether the posting insists.
 */
importance: Importance, 
/**
 * What the resume shows of it.
 */
status: Met, 
/**
 * The ids of the blocks that show it; empty when missing.
 */
evidence: Array<string>, };

/**
 *What has come so far of a [`Requirement`].
 */
export type RequirementPartial = { 
/**
 * `r1`, `r2`, … in this list's order.
 */
id?: Field<string>, 
/**
 * The requirement in the posting's words, shortened to one line.
 */
text?: Field<string>, 
/**
 * Whether the posting insists.
 */
importance?: Field<Importance>, 
/**
 * What the resume shows of it.
 */
status?: Field<Met>, 
/**
 * The ids of the blocks that show it; empty when missing.
 */
evidence?: Field<Array<Field<string>>>, };

/**
 * A resume as read: its blocks in reading order.
 */
export type Resume = { 
/**
 * The blocks, in reading order.
 */
blocks: Array<Block>, 
/**
 * The language that most of the text is in, as ISO 639-1 (`en`, `de`, …), where it could be told.
 */
language: string | null, 
/**
 * What the reader was not sure of, in plain sentences for the user.
 */
warnings: Array<string>, };

/**
 * A resume that was read.
 */
export type ResumeRead = { 
/**
 * Name of the file without its folder; `None` when pasted.
 */
file_name: string | null, 
/**
 * What kind of file it turned out to be, in words: "PDF", "Word".
 */
format: string, 
/**
 * The same for the same bytes.
 */
fingerprint: string, 
/**
 * What the reader was not sure of and the user has not settled, in reading order.
 */
doubts: Array<Doubt>, 
/**
 * How sure the reader is of the whole, 0 to 1.
 */
confidence: number, 
/**
 * What was read, with the user's corrections in it.
 */
resume: Resume, 
/**
 * What the user corrected.
 */
corrections: CorrectionsMade, };

/**
 * A request that will be made again.
 */
export type Retrying = { 
/**
 * The attempt that comes next, counted from 1.
 */
attempt: number, 
/**
 * How many there will be at most.
 */
of: number, 
/**
 * How long the wait is, in ms; 0 where the model is asked again at once.
 */
wait_ms: number, 
/**
 * What happened, in plain words.
 */
reason: string, };

/**
 * The state of the review.
 */
export type Review = { 
/**
 * The original.
 */
original: Resume, 
/**
 * Each edit with its decision, in their order.
 */
edits: Array<ReviewedEdit>, 
/**
 * The resume with the accepted edits in it.
 */
tailored: Resume, 
/**
 * Keywords that the tailored resume names.
 */
coverage: Coverage, 
/**
 * The edit that the last change was about, where there is one to take back.
 */
undo: EditId | null, };

/**
 * An edit under review. Its block, evidence and reason are in the run's result.
 */
export type ReviewedEdit = { 
/**
 * The edit.
 */
edit: EditId, 
/**
 * What the user said, or what it starts with: accepted when supported, open when it needs an eye,
 * rejected when unsupported.
 */
decision: Decision, 
/**
 * The word diff that it makes on its block; empty for a move.
 */
diff: Array<DiffPart>, 
/**
 * The text that it brings in now; `None` for a removal and a move.
 */
text: string | null, 
/**
 * Whether that text is the user's own.
 */
typed: boolean, 
/**
 * How that text stands; `None` where nobody judged it.
 */
judgement: Judgement | null, 
/**
 * What the user would have to vouch for, or did; empty unless it is unsupported.
 */
claims: Array<Claim>, 
/**
 * That the user vouched for it.
 */
vouched: Vouched | null, };

/**
 * What a dropped file is to be.
 */
export type Role = "resume" | "posting";

/**
 * Names a run.
 */
export type RunId = string;

/**
 * What a section is about, whatever its heading says.
 */
export type SectionKind = "summary" | "work" | "education" | "skills" | "languages" | "certificates" | "projects" | "publications" | "awards" | "volunteering" | "interests" | "other";

/**
 * What the user chose.
 */
export type Settings = { 
/**
 * Who does the work: [`OFFLINE`], or the id of a provider.
 */
engine: string, 
/**
 * What was chosen for each provider that was ever chosen, by its id.
 */
providers: { [key in string]: ProviderChoice }, 
/**
 * How long a provider may be silent before it is asked again, in seconds; 10 to 3600.
 */
silence_s: number, 
/**
 * What a run may cost, in US dollars; `None` is no limit.
 */
limit_usd: number | null, 
/**
 * Light, dark, or as the system says.
 */
theme: Theme, };

/**
 * Why an edit could not be applied.
 */
export type Skip = "no_such_block" | "behind_itself" | "already_rewritten" | "empty_text" | "stays_here" | "already_there";

/**
 * An edit that could not be applied.
 */
export type Skipped = { 
/**
 * The edit.
 */
edit: EditId, 
/**
 * Why.
 */
why: Skip, };

/**
 * The state of a run, for whoever missed events.
 */
export type Snapshot = { 
/**
 * The run.
 */
run: RunId, 
/**
 * The sequence number of the last event in it.
 */
seq: number, 
/**
 * 0 to 100.
 */
overall_progress: number, 
/**
 * The stage that is running, or ran last.
 */
current_stage: Stage, 
/**
 * The stages that have begun, in their order.
 */
stages: Array<StageSnapshot>, 
/**
 * With what.
 */
started: Started, 
/**
 * The last event, where it ended the run.
 */
ended: What | null, 
/**
 * How long so far, in ms.
 */
elapsed_ms: number, 
/**
 * How many tokens so far.
 */
usage: Usage, 
/**
 * What they cost.
 */
cost: Cost, };

/**
 * The four stages, in their order.
 */
export type Stage = "evaluation" | "planning" | "implementation" | "verification";

/**
 * A stage that ended well.
 */
export type StageFinished = { 
/**
 * What came out.
 */
result: StageResult, 
/**
 * How long it took, in ms.
 */
elapsed_ms: number, 
/**
 * What it took, in tokens.
 */
usage: Usage, 
/**
 * What that cost.
 */
cost: Cost, };

/**
 * All there is of a stage's result while it is being written.
 */
export type StagePartial = { "evaluation": EvaluationPartial } | { "planning": PlanPartial } | { "implementation": ImplementationPartial } | { "verification": VerificationPartial };

/**
 * What changed in a stage's result while it is being written. The first one of a stage, and the first one after a
 * retry, sets the whole. All of them together are about as long as the result.
 */
export type StagePatch = { "evaluation": Patch } | { "planning": Patch } | { "implementation": Patch } | { "verification": Patch };

/**
 * The result of a stage.
 */
export type StageResult = { "evaluation": Evaluation } | { "planning": Plan } | { "implementation": Edits } | { "verification": Judged };

/**
 * The state of a stage.
 */
export type StageSnapshot = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * 0 to 100.
 */
progress: number, 
/**
 * The last partial result.
 */
partial: StagePartial | null, 
/**
 * The result, once it ended.
 */
finished: StageFinished | null, };

/**
 * How an edit or a claim stands.
 */
export type Standing = "supported" | "needs_review" | "unsupported";

/**
 * What a run is made with.
 */
export type Started = { 
/**
 * `offline` or the provider's name.
 */
engine: string, 
/**
 * The model, where there is one.
 */
model: string | null, 
/**
 * Version of Tailorbird.
 */
version: string, };

/**
 * What a run is for.
 */
export type Tailored = { 
/**
 * Stage 1.
 */
evaluation: Evaluation, 
/**
 * Stage 2.
 */
plan: Plan, 
/**
 * Stage 3.
 */
edits: Array<Edit>, 
/**
 * Stage 4.
 */
verification: Verification, 
/**
 * How each edit stands, in the edits' order.
 */
judgements: Array<Judgement>, 
/**
 * The resume with the supported edits in it. Those that need an eye wait for the user.
 */
tailored_resume: Resume, 
/**
 * Edits that could not be applied.
 */
skipped: Array<Skipped>, 
/**
 * What was done to the model's answers on the way, in plain sentences: a score that was lowered, an edit
 * that could not be used.
 */
notes?: Array<string>, 
/**
 * Keywords named before.
 */
coverage_before: Coverage, 
/**
 * Keywords named now.
 */
coverage_after: Coverage, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What a run took.
 */
export type Totals = { 
/**
 * How long, in ms.
 */
elapsed_ms: number, 
/**
 * How many tokens.
 */
usage: Usage, 
/**
 * What they cost.
 */
cost: Cost, };

/**
 * Tokens, as the provider counts them.
 */
export type Usage = { 
/**
 * Input that was not read from a cache, in tokens.
 */
input: number, 
/**
 * Input that was written to the provider's cache, in tokens.
 */
cache_write: number, 
/**
 * Input that was read from the provider's cache, in tokens.
 */
cache_read: number, 
/**
 * Output, in tokens.
 */
output: number, };

/**
 * What the model says of one edit.
 */
export type Verdict = { 
/**
 * The id of the edit.
 */
edit: string, 
/**
 * How it stands.
 */
verdict: Entailment, 
/**
 * The words without support, or null when supported.
 */
claim: string | null, 
/**
 * Why, in one sentence to the person.
 */
reason: string, };

/**
 *What has come so far of a [`Verdict`].
 */
export type VerdictPartial = { 
/**
 * The id of the edit.
 */
edit?: Field<string>, 
/**
 * How it stands.
 */
verdict?: Field<Entailment>, 
/**
 * The words without support, or null when supported.
 */
claim?: Field<string | null>, 
/**
 * Why, in one sentence to the person.
 */
reason?: Field<string>, };

/**
 * Stage 4: a verdict on each edit.
 */
export type Verification = { 
/**
 * One for each edit, in their order.
 */
verdicts: Array<Verdict>, 
/**
 * How well the resume fits with the supported edits in it, 0 to 100 points. May be lower than before.
 */
final_score: number, 
/**
 * Two or three sentences to the person.
 */
summary: string, };

/**
 *What has come so far of a [`Verification`].
 */
export type VerificationPartial = { 
/**
 * One for each edit, in their order.
 */
verdicts?: Field<Array<Field<VerdictPartial>>>, 
/**
 * How well the resume fits with the supported edits in it, 0 to 100 points. May be lower than before.
 */
final_score?: Field<number>, 
/**
 * Two or three sentences to the person.
 */
summary?: Field<string>, };

/**
 * The user's word for an edit that the resume does not support.
 */
export type Vouched = { 
/**
 * The claims that were named when the user gave it.
 */
claims: Array<string>, 
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at_ms: number, };

/**
 * What happened.
 */
export type What = { "type": "started", 
/**
 * With what.
 */
details: Started, } | { "type": "stage_started", 
/**
 * In words.
 */
details: Message, } | { "type": "progress", 
/**
 * In words.
 */
details: Message, } | { "type": "partial", 
/**
 * What changed since the stage's last partial result.
 */
details: StagePatch, } | { "type": "spent", 
/**
 * What the run took so far. While an answer comes in, an estimate.
 */
details: Totals, } | { "type": "stage_finished", 
/**
 * Its result.
 */
details: StageFinished, } | { "type": "retry", 
/**
 * Why and when.
 */
details: Retrying, } | { "type": "finished", 
/**
 * What it took.
 */
details: Totals, 
/**
 * What came out.
 */
result: Tailored, } | { "type": "failed", 
/**
 * What it took so far.
 */
details: Totals, 
/**
 * What happened.
 */
error: ErrorReport, } | { "type": "cancelled", 
/**
 * What it took so far.
 */
details: Totals, };
