export type Cancelled = Readonly<{ kind: 'cancelled' }>;

/** What comes of the work, unless the signal comes first. */
export async function orCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T | Cancelled> {
	const cancelled: Cancelled = { kind: 'cancelled' };
	work.catch(() => {});
	if (signal.aborted) {
		return cancelled;
	}
	const { promise, resolve } = Promise.withResolvers<Cancelled>();
	const cancel = () => resolve(cancelled);
	signal.addEventListener('abort', cancel);
	try {
		return await Promise.race([work, promise]);
	} catch (error) {
		if (signal.aborted) {
			return cancelled;
		}
		throw error;
	} finally {
		signal.removeEventListener('abort', cancel);
	}
}
