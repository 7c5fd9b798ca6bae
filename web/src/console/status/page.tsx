/** Stub. */
export default function Page() { return <p>status</p>; }
