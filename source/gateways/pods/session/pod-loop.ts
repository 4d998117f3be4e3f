import { takes } from './counted-input.ts';
import { lookAround } from './look-around.ts';
import { wrapper } from './pxctl-wrapper.ts';

/** What can be done in a pod: run pxctl, or look around with curl, bash and date. */
export type Work = 'pxctl' | 'look';

/**
 * The one text that ever is in an exec URL, and with it in audit logs: it never changes, and holds all that can be run. What is run,
 * and with which values, comes by standard input, one job after the other until that ends. A job is the mark, the kind of work,
 * and the counted lines that its script takes; nothing of it runs when they break off. The mark is new for each job, so that no
 * output can hold it: its lines tell on both streams where the output of a job begins and ends.
 */
export const podLoop = `${takes}
run_pxctl() {
${wrapper}}
look() {
${lookAround}}
while IFS= read -r mark; do
  take work
  printf 'pxpair %s begins\\n' "$mark"
  printf 'pxpair %s begins\\n' "$mark" >&2
  case $work in
  pxctl) (run_pxctl) ;;
  look) (look) ;;
  *) exit 65 ;;
  esac
  code=$?
  printf '\\npxpair %s ended %s\\n' "$mark" "$code"
  printf '\\npxpair %s ended %s\\n' "$mark" "$code" >&2
done
`;

/** One job, as the loop takes it. */
export const jobInput = (mark: string, work: Work, input: string): string => `${mark}\n${work}\n${input}`;
