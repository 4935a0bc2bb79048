// A person, a posting and a run that exist nowhere.

import type { Block, BlockKind, Edit, Evaluation, Judgement, Plan, Posting, Resume, SectionKind, Verification } from "../lib/api/types";

const texts: [BlockKind, string][] = [
  ["name", "Maren Holloway"],
  ["paragraph", "Backend & platform engineer"],
  ["contact", "Tacoma, Washington · maren.holloway@example.com · (253) 555-0148"],
  ["section_heading", "In short"],
  ["paragraph", "Backend engineer, eight years, mostly billing and parcel tracking. I like dull technology, small changes and an on-call week that nobody dreads."],
  ["section_heading", "Experience"],
  ["entry_heading", "Senior Backend Engineer, Apr 2020 – Present"],
  ["entry_heading", "Cedar & Quay Parcels, Tacoma, WA"],
  ["bullet", "Own the rate service (Go, gRPC, Postgres) that answers about 900,000 quotes a day; p99 latency went from 780 ms to 210 ms after we moved the tariff tables into memory."],
  ["bullet", "Moved 19 services from hand-kept machines to k8s (EKS) in eleven months, with Helm charts and a template, so that a new service takes an afternoon."],
  ["bullet", "Wrote the Terraform modules for networks and databases; reviewed by two teams, used by five."],
  ["bullet", "On call one week in six. Pages fell from 27 to 8 a week, mostly by deleting alarms that nobody acted on."],
  ["bullet", "Mentor two junior engineers (one is now mid-level)."],
  ["bullet", "Started our decision notes: short, dated, kept beside the code. There are 61 of them."],
  ["entry_heading", "Software Engineer, June 2016 to March 2020"],
  ["entry_heading", "Lantern Street Billing, Seattle, WA"],
  ["bullet", "Built the refund flow for cards in Kotlin; $24 million went through it in its first year with no double payout."],
  ["bullet", "One of three people who took the platform through its card audit: I wrote the token service and the evidence for five controls."],
  ["bullet", "Kafka consumers, the outbox pattern, and more Python scripts than I care to count."],
  ["section_heading", "Toolbox"],
  ["skills_line", "Daily: Go, Postgres, k8s, Helm, Terraform, gRPC, GH Actions"],
  ["skills_line", "Often: Kotlin, Python, Kafka, Redis, Prometheus"],
  ["section_heading", "Papers"],
  ["other", "Certified Kubernetes Administrator (CKA), May 2022"],
];

const kinds: Record<string, SectionKind> = { "In short": "summary", Experience: "work", Toolbox: "skills", Papers: "certificates" };

let section: string | null = null;
export const resume: Resume = {
  blocks: texts.map(([kind, text], n): Block => {
    if (kind === "section_heading") section = text;
    return {
      id: `b${n + 1}`, kind, text, section, section_kind: section === null ? null : kinds[section]!,
      origin: { in: "lines", first: n + 1, last: n + 1 },
    };
  }),
  language: "en",
  warnings: ["The dates of the entry “Software Engineer” are written in another way than the others. They are kept as they are."],
};

export const posting: Posting = {
  title: "Senior Platform Engineer", employer: "Northgate Freight", location: "Portland, OR (hybrid)", language: "en", lines: [],
  text: `# Senior Platform Engineer
Northgate Freight moves goods for small makers. Eleven engineers keep the platform.
## What you bring
- 5+ years of backend or platform engineering
- Production experience with Kubernetes
- Strong programming in Go or Rust
- Infrastructure as code, for example with Terraform
- PostgreSQL performance tuning
- CI/CD pipelines
- A shared on-call rotation
## Bonus points
- Service meshes such as Linkerd or Istio
- CKA or CKS certification
- Freight, shipping or logistics
## What you get
A week of quiet each quarter, and a budget for books.`,
  warnings: ["Left out: a menu, a cookie notice and a form."],
};

export const evaluation: Evaluation = {
  requirements: [
    { id: "r1", text: "5+ years backend or platform", importance: "must", status: "met", evidence: ["b7", "b15"] },
    { id: "r2", text: "Kubernetes in production", importance: "must", status: "met", evidence: ["b10", "b24"] },
    { id: "r3", text: "Strong programming in Go or Rust", importance: "must", status: "met", evidence: ["b9", "b21"] },
    { id: "r4", text: "Infrastructure as code", importance: "must", status: "met", evidence: ["b11"] },
    { id: "r5", text: "PostgreSQL performance tuning", importance: "must", status: "partial", evidence: ["b21"] },
    { id: "r6", text: "CI/CD pipelines", importance: "must", status: "met", evidence: ["b21"] },
    { id: "r7", text: "Shared on-call rotation", importance: "must", status: "met", evidence: ["b12"] },
    { id: "r8", text: "Service meshes (Linkerd, Istio)", importance: "nice", status: "missing", evidence: [] },
    { id: "r9", text: "CKA or CKS certification", importance: "nice", status: "met", evidence: ["b24"] },
    { id: "r10", text: "Freight, shipping or logistics", importance: "nice", status: "met", evidence: ["b8"] },
  ],
  match_score: 81,
  strengths: ["19 services moved", "900,000 quotes a day"],
  gaps: ["No service mesh", "Little on Postgres tuning"],
  overall_assessment: "Your work fits well. Two things that the posting names are not in your resume.",
};

export const edits: Edit[] = [
  { id: "e1", action: "rewrite", block: "b2", text: "Platform & backend engineer", evidence: [{ block: "b10", quote: "Moved 19 services" }], requirement: "r1", reason: "The posting is for a platform engineer; your line names backend first." },
  { id: "e2", action: "rewrite", block: "b5", text: "Backend and platform engineer, eight years, mostly parcel tracking and billing. I like dull technology, small changes and an on-call week that nobody dreads.", evidence: [{ block: "b5", quote: null }, { block: "b10", quote: null }], requirement: "r10", reason: "Parcels come first for a freight company." },
  { id: "e3", action: "rewrite", block: "b10", text: "Moved 19 services from hand-kept machines to Kubernetes (k8s, EKS) in eleven months, with Helm charts and a template, so that a new service takes an afternoon.", evidence: [{ block: "b10", quote: "k8s (EKS)" }, { block: "b24", quote: "Certified Kubernetes Administrator" }], requirement: "r2", reason: "The posting asks for Kubernetes by name, and scanners look for that word. Your line says k8s." },
  { id: "e4", action: "rewrite", block: "b11", text: "Wrote the infrastructure as code (Terraform modules) for networks and databases; reviewed by two teams, used by five.", evidence: [{ block: "b11", quote: "Terraform modules" }], requirement: "r4", reason: "The posting’s own term beside yours." },
  { id: "e5", action: "rewrite", block: "b12", text: "On call one week in six, in a shared rotation. Pages fell from 27 to 8 a week, mostly by deleting alarms that nobody acted on.", evidence: [{ block: "b12", quote: "On call one week in six" }], requirement: "r7", reason: "The posting asks for a shared rotation; one week in six reads like one." },
  { id: "e6", action: "rewrite", block: "b9", text: "Own the rate service (Go, gRPC, Postgres) that answers about 900,000 quotes a day; p99 latency went from 780 ms to 210 ms after tuning PostgreSQL indexes and moving the tariff tables into memory.", evidence: [{ block: "b9", quote: null }], requirement: "r5", reason: "Ties the result to what the posting asks for." },
  { id: "e7", action: "move", block: "b12", after: "b10", evidence: [], requirement: "r7", reason: "On-call work is a must here; it stands further up." },
  { id: "e8", action: "remove", block: "b19", evidence: [], requirement: null, reason: "It says little for this job." },
  { id: "e9", action: "insert", after: "b21", kind: "skills_line", text: "Platform: Kubernetes (CKA), infrastructure as code, CI/CD with GH Actions", evidence: [{ block: "b21", quote: "k8s, Helm, Terraform" }, { block: "b24", quote: null }], requirement: "r6", reason: "Puts the posting’s terms where scanners look." },
];

export const plan: Plan = {
  strategy: "Say what you did in the words that the posting uses, and put platform work first.",
  changes: edits.map((edit) => ({
    blocks: [edit.action === "insert" ? edit.after : edit.block], action: edit.action, intent: edit.reason,
    requirements: edit.requirement ? [edit.requirement] : [],
  })),
  keywords: [
    { term: "Kubernetes", claimable: true, evidence: ["b10"] },
    { term: "service mesh", claimable: false, evidence: [] },
  ],
};

const bytes = (text: string) => new TextEncoder().encode(text).length;

export const judgements: Judgement[] = edits.map((edit) => {
  const verdict = { edit: edit.id, verdict: "supported" as const, claim: null, reason: "says nothing that your line does not." };
  const base: Judgement = { edit: edit.id, standing: "supported", findings: [], verdict, reason: "Every claim has a source." };
  if (edit.id === "e6" && edit.action === "rewrite") {
    const claim = "tuning PostgreSQL indexes";
    const start = bytes(edit.text.slice(0, edit.text.indexOf(claim)));
    const reason = "The edit credits “tuning PostgreSQL indexes”. Your line credits the tables in memory alone.";
    return {
      ...base, standing: "unsupported", reason,
      findings: [{ kind: "tool", standing: "unsupported", claim, start, end: start + bytes(claim), reason }],
      verdict: { edit: edit.id, verdict: "unsupported", claim, reason: "nothing in your resume says that you tuned indexes." },
    };
  }
  if (edit.id === "e5" && edit.action === "rewrite") {
    const claim = "shared rotation";
    const start = bytes(edit.text.slice(0, edit.text.indexOf(claim)));
    const reason = "“shared rotation” is not in your line; one week in six suggests it.";
    return {
      ...base, standing: "needs_review", reason,
      findings: [{ kind: "scope", standing: "needs_review", claim, start, end: start + bytes(claim), reason }],
      verdict: { edit: edit.id, verdict: "overstated", claim, reason: "says a little more than your line." },
    };
  }
  return base;
});

export const verification: Verification = {
  verdicts: judgements.flatMap((judgement) => (judgement.verdict ? [judgement.verdict] : [])),
  final_score: 84,
  summary: "Seven edits say what your lines say. One credits work that you do not mention and is left out; one waits for you.",
};
