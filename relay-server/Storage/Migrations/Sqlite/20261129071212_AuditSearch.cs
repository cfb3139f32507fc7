using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Subject_Number",
                table: "Audit",
                columns: new[] { "Subject", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Who_Number",
                table: "Audit",
                columns: new[] { "Who", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Audit_At",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Subject_Number",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Who_Number",
                table: "Audit");
        }
    }
}
