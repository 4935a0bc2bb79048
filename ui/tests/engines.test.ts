import { describe, expect, it } from "vitest";
import type { AppState, ProviderChoice } from "../src/lib/api/types";
import { engineName, goesTo, lacks, modelName } from "../src/lib/text/engines";
import { app } from "./given";

const on = (engine: string, choice?: ProviderChoice, has_key = false): AppState => ({
  ...app, has_key, settings: { ...app.settings, engine, providers: choice ? { [engine]: choice } : {} },
});

describe("the engine", () => {
  it("is named by its model, or else by its provider", () => {
    expect(engineName(app)).toBe("Offline engine");
    expect(engineName(on("anthropic"))).toBe("Claude Sonnet 5.5");
    expect(engineName(on("ollama"))).toBe("Ollama");
    expect(engineName(on("other"))).toBe("Another server");
    expect(engineName(on("ollama", { model: "qwen3:4b", base_url: null }))).toBe("qwen3:4b");
    expect(modelName("claude-haiku-4-5-20251001")).toBe("claude-haiku-4-5-20251001");
  });

  it("says what it lacks", () => {
    expect(lacks(app)).toBeNull();
    expect(lacks(on("anthropic"))).toBe("Anthropic needs a key.");
    expect(lacks(on("anthropic", undefined, true))).toBeNull();
    expect(lacks(on("anthropic", { model: "m", base_url: "http://127.0.0.1:9" }))).toBeNull();
    expect(lacks(on("ollama"))).toBe("No model of Ollama is chosen.");
    expect(lacks(on("other", { model: "m", base_url: null }))).toBe("Another server needs an address.");
  });

  it("says where the text goes", () => {
    expect(goesTo(app)).toContain("Nothing leaves this computer");
    expect(goesTo(on("anthropic"))).toContain("goes to Anthropic when");
    expect(goesTo(on("ollama"))).toContain("Ollama on this computer");
    expect(goesTo(on("other", { model: "m", base_url: "https://models.example.org/v1" }))).toContain("models.example.org");
  });
});
