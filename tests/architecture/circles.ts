import type { Reach } from "./sources.ts";

/** The circles of imports among files, and among rooms where tests do not count: `a -> b -> a`, each once. */
export function findCircles(reaches: readonly Reach[]): readonly string[] {
  const among = (edges: readonly (readonly [string, string | undefined])[]) => {
    const graph = new Map<string, Set<string>>();
    for (const [from, to] of edges) {
      if (to !== undefined && to !== from) graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
    return circlesOf(graph);
  };
  const files = reaches.map(({ file, targetFile }) => [file, targetFile] as const);
  const rooms = reaches
    .filter(({ isTest }) => !isTest)
    .map(({ room, targetRoom }) => [room, targetRoom] as const);
  return [...among(files), ...among(rooms)];
}

function circlesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];

  function visit(node: string, path: readonly string[]): void {
    const at = path.indexOf(node);
    if (at !== -1) circles.push([...path.slice(at), node].join(" -> "));
    if (at !== -1 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  }

  for (const node of graph.keys()) visit(node, []);
  return circles;
}
