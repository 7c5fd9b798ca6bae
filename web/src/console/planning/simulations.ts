/** Simulations from the server: the list, and one that is looked at again while it runs. */
import { useEffect, useState } from "preact/hooks";
import type { SimulationAsk, SimulationDetail, Simulations } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";

const PATH = "/api/routing/simulations";
const EVERY = 1000;

export function reportHref(id: string, language: string): string {
  return `${PATH}/${id}/report?language=${encodeURIComponent(language)}`;
}

export async function begin(ask: SimulationAsk): Promise<SimulationDetail> {
  return api.post<SimulationDetail>(PATH, ask);
}

export async function remove(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

export interface Listed { list: Simulations | null; error: ApiError | null; load: () => void }

/** The list; asked again while one of them runs. */
export function useSimulations(): Listed {
  const [list, setList] = useState<Simulations | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): void => void api.get<Simulations>(PATH).then((next) => { setList(next); setError(null); }, setError);
  useEffect(load, []);
  const running = list?.items.some((each) => each.state === "running") ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(load, EVERY);
    return () => clearInterval(timer);
  }, [running]);
  return { list, error, load };
}

/** One with its result; `state` as the list has it, so that it is asked again when it has come to its end. */
export function useSimulation(id: string | null, state: string | undefined): SimulationDetail | null {
  const [detail, setDetail] = useState<SimulationDetail | null>(null);
  useEffect(() => {
    let here = true;
    if (id) api.get<SimulationDetail>(`${PATH}/${id}`).then((next) => { if (here) setDetail(next); }, () => { if (here) setDetail(null); });
    else setDetail(null);
    return () => void (here = false);
  }, [id, state]);
  return detail && detail.simulation.id === id ? detail : null;
}
