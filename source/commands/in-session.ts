import { systemClock } from '../gateways/machine/clock.ts';
import { problemThrown } from '../pairing/words/problem.ts';
import { rarer, withSignsOfLife } from '../plain/signs-of-life.ts';
import { openSession, type Session, type SessionRequest } from './inputs/session.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { exposureLines } from './line/exposures.ts';
import { type Host, onlyLooking, printer } from './line/host.ts';

/** With answers and two clusters, which are closed whatever becomes of the work. */
export async function inSession<T>(
	host: Host,
	request: SessionRequest,
	work: (session: Session) => Promise<T>,
): Promise<T> {
	if (request.common.practice === undefined) {
		exposureLines(host.exposed).forEach(printer(host.err));
	}
	const session = await openSession(host, request);
	try {
		return await work(session);
	} finally {
		await session.close();
	}
}

/** What is looked at, and how what was seen is told. */
export type Looking<Seen> = Readonly<{
	/** Said while it lasts. */
	doing?(session: Session): string;
	look(session: Session): Promise<Seen>;
	tell(seen: Seen, session: Session): ExitCode | Promise<ExitCode>;
	/** Said in place of what Ctrl-C cut short, or made fail. */
	stopped: string;
}>;

/** In a session that changes nothing: the first Ctrl-C ends every call. */
export async function looking<Seen>(
	host: Host,
	request: SessionRequest,
	{ doing, look, tell, stopped }: Looking<Seen>,
): Promise<ExitCode> {
	const sayStopped = () => {
		printer(host.err)(stopped);
		return exitCode.cancelled;
	};
	try {
		return await inSession(onlyLooking(host), request, async session => {
			const seen = await (doing ? alive(host, doing(session), look(session)) : look(session));
			return host.stop.aborted ? sayStopped() : tell(seen, session);
		});
	} catch (error) {
		problemThrown(error);
		if (!host.stop.aborted) {
			throw error;
		}
		return sayStopped();
	}
}

/** On standard error. Read aloud, every few seconds are enough. */
const alive = <T>({ err, look }: Host, doing: string, work: Promise<T>): Promise<T> =>
	withSignsOfLife(
		systemClock,
		rarer(look.isSpoken ? 5 : 1),
		seconds => printer(err)(`${doing}… ${seconds} s`),
		work,
	);
