import { useAnimation } from 'ink';
import { type ReactNode, useState } from 'react';
import { useTheme } from '../theme.ts';
import { Spinner } from './spinner.tsx';

/** What is waited for, for how long by now, and when it is given up. Where nothing should move, only the limit. */
export function Waiting(props: {
	label: string;
	/** In seconds. */
	limit: number;
	/** When it began, by `Date.now()`; when this was drawn first, if absent. */
	since?: number;
}): ReactNode {
	const { hasMotion } = useTheme();
	const [drawn] = useState(() => Date.now());
	useAnimation({ interval: 500, isActive: hasMotion });
	const seconds = Math.floor((Date.now() - (props.since ?? drawn)) / 1000);
	const clock = hasMotion
		? `${Math.min(seconds, props.limit)} s of ${props.limit} s`
		: `up to ${props.limit} s`;
	return <Spinner label={`${props.label}: ${clock}`} />;
}
