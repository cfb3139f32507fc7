using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>The keys that seal cookies and invitations, a file each, readable by their owner alone from the moment they are made.</summary>
/// <param name="folder">It exists; the framework's own way of keeping them would pass through the system's folder for temporary files.</param>
internal sealed class SealingKeyFiles(DirectoryInfo folder) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. folder.EnumerateFiles("*.xml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => XElement.Load(file.FullName))];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var file = Path.Combine(folder.FullName, $"{Path.GetFileName(friendlyName)}.xml");
        var draft = file + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options)) element.Save(stream);
        File.Move(draft, file); // whole or not at all
    }
}
