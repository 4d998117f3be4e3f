import { useApp } from 'ink';
import { Component, type ReactNode } from 'react';

/** Ends the program when drawing fails. Left to itself, Ink would show the error's message, which may quote anything. */
export function MistakeBoundary({ children }: { children: ReactNode }): ReactNode {
	const { exit } = useApp();
	return <Boundary onMistake={exit}>{children}</Boundary>;
}

type BoundaryProps = Readonly<{ onMistake: (error: Error) => void; children: ReactNode }>;

class Boundary extends Component<BoundaryProps, { isBroken: boolean }> {
	override state = { isBroken: false };

	static getDerivedStateFromError() {
		return { isBroken: true };
	}

	override componentDidCatch(error: Error): void {
		this.props.onMistake(error);
	}

	override render(): ReactNode {
		return this.state.isBroken ? null : this.props.children;
	}
}
