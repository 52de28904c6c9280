/** Whether a project-relative file is one of these places or lies below one, `.` being the root; no places mean everywhere. */
export function isBelow(file: string, places: readonly string[]): boolean {
  return (
    places.length === 0 ||
    places.some((place) => {
      const bare = place.replace(/\/$/, '');
      return bare === '.' || file === bare || file.startsWith(`${bare}/`);
    })
  );
}
