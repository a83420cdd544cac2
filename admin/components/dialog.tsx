import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  /** Called when the visitor closes it by Escape. */
  onClose: () => void;
  /** Whether it must be answered now: `alertdialog`. */
  urgent?: boolean;
  children: ReactNode;
}

/** A modal dialog, which keeps the focus, closes by Escape, and gives the focus back: the browser's own does all three. */
export default function Dialog({ title, onClose, urgent = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      role={urgent ? 'alertdialog' : undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
